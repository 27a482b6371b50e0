-- User level: one side of one metric, per unit, view and breakdown value. The top line is the dimension ''.

INSERT INTO side_values
SELECT '{metric}', '{side}', w.shown, j.experiment, j.unit_id, s.part.dimension, s.part.label, {aggregate}
FROM joined_{source} AS j
JOIN experiment_metrics AS m ON m.experiment = j.experiment AND m.metric = '{metric}'
CROSS JOIN (VALUES ('cumulative'), ('daily')) AS w(shown)
CROSS JOIN LATERAL (SELECT unnest([{slices}]) AS part) AS s
WHERE (w.shown = 'cumulative' OR j.day = DATE '{as_of}')
  AND ({window})
  AND ({condition})
GROUP BY ALL
HAVING {has_data};
