-- The catalog series: every metric on every day, also days without rows, and the breakdown values that have data.

WITH cells AS (
    SELECT metric, unnest(generate_series(DATE '{first_day}', DATE '{as_of}', INTERVAL 1 DAY))::DATE AS day,
        '' AS dimension, '' AS label
    FROM metrics
    UNION
    SELECT metric, day, dimension, label FROM catalog_sides WHERE side = 'numerator' OR has_data
)
SELECT
    c.metric, c.day, c.dimension, c.label,
    CASE WHEN m.is_unknown_without_value THEN n.v ELSE coalesce(n.v, 0) END AS numerator,
    CASE WHEN m.has_denominator THEN coalesce(d.v, 0) END AS denominator,
    CASE WHEN m.has_denominator THEN coalesce(n.v, 0) / nullif(coalesce(d.v, 0), 0) ELSE numerator END AS value,
    coalesce(n.units, 0) AS units,
    coalesce(n.row_count, 0) AS row_count,
    coalesce(n.scale, 0) AS scale_x,
    coalesce(d.scale, 0) AS scale_y
FROM cells AS c
JOIN metrics AS m ON m.metric = c.metric
LEFT JOIN catalog_sides AS n
    ON n.side = 'numerator' AND n.metric = c.metric AND n.day = c.day AND n.dimension = c.dimension AND n.label = c.label
LEFT JOIN catalog_sides AS d
    ON d.side = 'denominator' AND d.metric = c.metric AND d.day = c.day AND d.dimension = c.dimension AND d.label = c.label
