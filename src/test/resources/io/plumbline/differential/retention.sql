-- Retention of one metric: start days since exposure of which the window is over, and those with a completion in it. A
-- completion is any row of the unit on the local date, whatever its time.

INSERT INTO sliced
WITH starts AS (
    SELECT DISTINCT j.experiment, j.unit_id, s.part.dimension, s.part.label, j.day
    FROM joined_{source} AS j
    JOIN experiment_metrics AS m ON m.experiment = j.experiment AND m.metric = '{metric}'
    CROSS JOIN LATERAL (SELECT unnest([{slices}]) AS part) AS s
    WHERE ({condition}) AND j.day + {end} <= DATE '{as_of}'
),
completions AS (
    SELECT DISTINCT a.experiment, a.unit_id, s.part.dimension, s.part.label, j.day
    FROM analysed AS a
    JOIN rows_{completion_source} AS j ON a.unit_id = CASE a.unit WHEN 'user_id' THEN j.user_key ELSE j.device_key END
    CROSS JOIN LATERAL (SELECT unnest([{slices}]) AS part) AS s
    WHERE ({completion_condition})
),
returned AS (
    SELECT s.experiment, s.unit_id, s.dimension, s.label,
        count(*)::DOUBLE AS y,
        (count(*) FILTER (EXISTS (
            SELECT 1 FROM completions AS c
            WHERE c.experiment = s.experiment AND c.unit_id = s.unit_id AND c.dimension = s.dimension AND c.label = s.label
              AND c.day >= s.day + {end} - {length} + 1 AND c.day <= s.day + {end}
        )))::DOUBLE AS x
    FROM starts AS s GROUP BY ALL
),
parted AS (
    SELECT * FROM returned
    UNION ALL
    SELECT r.experiment, r.unit_id, b.property, CASE b.property WHEN 'home' THEN a.home ELSE a.platform END, r.y, r.x
    FROM returned AS r
    JOIN analysed AS a ON a.experiment = r.experiment AND a.unit_id = r.unit_id
    JOIN experiment_breakdowns AS b ON b.experiment = r.experiment
    WHERE r.dimension = ''
)
SELECT '{metric}', 'cumulative', p.experiment, p.unit_id, a.group_name, p.dimension, p.label, p.x, p.y, p.x, p.y
FROM parted AS p
JOIN analysed AS a ON a.experiment = p.experiment AND a.unit_id = p.unit_id
JOIN experiment_views AS v ON v.experiment = p.experiment AND v.shown = 'cumulative';
