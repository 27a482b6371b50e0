-- Group level. Units whose windows have not ended by the end of the day are out of the metrics that wait for them.

CREATE OR REPLACE TEMP TABLE counted AS
SELECT m.metric, v.shown, a.*
FROM analysed AS a
JOIN experiment_metrics AS m ON m.experiment = a.experiment
JOIN experiment_views AS v ON v.experiment = a.experiment
WHERE NOT EXISTS (
    SELECT 1 FROM sides AS s
    WHERE s.metric = m.metric AND s.matured_after IS NOT NULL
      AND CASE
          WHEN s.date_only THEN a.d0 + (s.matured_after // 86400000000)::INT > DATE '{as_of}' + 1
          ELSE epoch_us(a.t0) + s.matured_after > {day_end}
      END
);

-- A breakdown value is shown where some unit that counts has data under it; then it is shown of every unit.
CREATE OR REPLACE TEMP TABLE slices AS
SELECT DISTINCT metric, shown, experiment, '' AS dimension, '' AS label FROM counted
UNION
SELECT DISTINCT c.metric, c.shown, c.experiment, s.dimension, s.label
FROM side_values AS s
JOIN counted AS c ON c.metric = s.metric AND c.shown = s.shown AND c.experiment = s.experiment AND c.unit_id = s.unit_id;

CREATE OR REPLACE TEMP TABLE unit_values AS
SELECT
    c.metric, c.shown, c.experiment, c.unit_id, c.group_name, c.platform, c.home, s.dimension, s.label,
    CASE
        WHEN m.at_least IS NOT NULL THEN (coalesce(n.v, 0) >= m.at_least)::INT
        WHEN m.more_than IS NOT NULL THEN (coalesce(n.v, 0) > m.more_than)::INT
        ELSE coalesce(n.v, 0)
    END AS x,
    CASE WHEN m.has_denominator THEN coalesce(d.v, 0) ELSE 1 END AS y
FROM counted AS c
JOIN slices AS s ON s.metric = c.metric AND s.shown = c.shown AND s.experiment = c.experiment
JOIN metrics AS m ON m.metric = c.metric
LEFT JOIN side_values AS n
    ON n.side = 'numerator' AND n.metric = c.metric AND n.shown = c.shown AND n.experiment = c.experiment
    AND n.unit_id = c.unit_id AND n.dimension = s.dimension AND n.label = s.label
LEFT JOIN side_values AS d
    ON d.side = 'denominator' AND d.metric = c.metric AND d.shown = c.shown AND d.experiment = c.experiment
    AND d.unit_id = c.unit_id AND d.dimension = s.dimension AND d.label = s.label
WHERE (m.all_units OR NOT m.has_denominator OR coalesce(d.v, 0) <> 0) AND (NOT m.needs_value OR n.v IS NOT NULL);

-- Bounds: the observed value at rank ceil(p n) of the population, over all groups, from the top line.
CREATE OR REPLACE TEMP TABLE bounds AS
SELECT
    u.metric, u.shown, u.experiment, s.side, any_value(s.limits_zeros) AS limits_zeros,
    list_sort(list(CASE s.side WHEN 'numerator' THEN u.x ELSE u.y END)) AS sorted,
    CASE WHEN any_value(s.p_lower) IS NOT NULL
        THEN sorted[greatest(1, ceil(any_value(s.p_lower) * len(sorted)))::BIGINT] END AS lower,
    CASE WHEN any_value(s.p_upper) IS NOT NULL
        THEN sorted[greatest(1, ceil(any_value(s.p_upper) * len(sorted)))::BIGINT] END AS upper
FROM unit_values AS u
JOIN sides AS s ON s.metric = u.metric
WHERE u.dimension = '' AND (s.limits_zeros OR (u.x <> 0 AND u.y <> 0))
GROUP BY u.metric, u.shown, u.experiment, s.side;

CREATE OR REPLACE TEMP TABLE limited AS
SELECT
    u.*,
    n.lower AS winsor_lower,
    n.upper AS winsor_upper,
    CASE WHEN n.limits_zeros OR (u.x <> 0 AND u.y <> 0) THEN greatest(n.lower, least(n.upper, u.x)) ELSE u.x END AS lx,
    CASE WHEN d.limits_zeros OR (u.x <> 0 AND u.y <> 0) THEN greatest(d.lower, least(d.upper, u.y)) ELSE u.y END AS ly
FROM unit_values AS u
LEFT JOIN bounds AS n ON n.side = 'numerator' AND n.metric = u.metric AND n.shown = u.shown AND n.experiment = u.experiment
LEFT JOIN bounds AS d ON d.side = 'denominator' AND d.metric = u.metric AND d.shown = u.shown AND d.experiment = u.experiment;

CREATE OR REPLACE TEMP TABLE sliced AS
SELECT * EXCLUDE (platform, home) FROM limited
UNION ALL
SELECT l.* EXCLUDE (platform, home)
    REPLACE (b.property AS dimension, CASE b.property WHEN 'home' THEN l.home ELSE l.platform END AS label)
FROM limited AS l
JOIN experiment_breakdowns AS b ON b.experiment = l.experiment
WHERE l.dimension = '';
