-- One metric by one dimension. Under a column, a unit without rows of the value has none; under a property, it is elsewhere.

WITH points AS (SELECT * FROM described AS p WHERE {counts}),
x AS ({x}),
y AS ({y}),
slices AS (SELECT DISTINCT label FROM ({slices})),
pairs AS ({pairs}),
scaled AS (
    SELECT p.group_name, p.label, ({threshold})::DOUBLE AS lx, ({y_value})::DOUBLE AS ly
    FROM pairs AS p
    LEFT JOIN x ON x.unit_id = p.unit_id AND x.label = p.label
    LEFT JOIN y ON y.unit_id = p.unit_id AND y.label = p.label
    WHERE {participates}
)
SELECT
    '{metric}' AS metric, '{dimension}' AS dimension, label AS dimension_value, group_name,
    count(*) AS units, fsum(lx) AS total, fsum(ly) AS denominator, fsum(lx) / nullif(fsum(ly), 0) AS mean,
    fsum(abs(lx)) AS scale_x, fsum(abs(ly)) AS scale_y
FROM scaled GROUP BY label, group_name
