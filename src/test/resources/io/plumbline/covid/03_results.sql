-- One row per metric, group and browser, and per metric and group.
-- variance: sample variance over visitors of (x - R y) / mean(y) with R = sum(x) / sum(y). With y = 1 that is the sample
-- variance of x; for averages and ratios it is n times the delta method's variance of R.

WITH sliced AS (
    SELECT NULL AS dimension, NULL AS dimension_value, * EXCLUDE (browser) FROM unit_values
    UNION ALL
    SELECT 'browser', browser, * EXCLUDE (browser) FROM unit_values
),
grouped AS (
    SELECT metric, dimension, dimension_value, group_name, sum(x) / sum(y) AS r, avg(y) AS mean_y
    FROM sliced
    GROUP BY ALL
)
SELECT
    s.metric,
    s.dimension,
    s.dimension_value,
    s.group_name,
    count(*) AS units,
    sum(s.x) AS total,
    sum(s.y) AS denominator,
    any_value(g.r) AS mean,
    var_samp((s.x - g.r * s.y) / g.mean_y) AS variance
FROM sliced AS s
JOIN grouped AS g
    ON g.metric = s.metric
    AND g.group_name = s.group_name
    AND g.dimension IS NOT DISTINCT FROM s.dimension
    AND g.dimension_value IS NOT DISTINCT FROM s.dimension_value
GROUP BY s.metric, s.dimension, s.dimension_value, s.group_name
ORDER BY s.metric, s.dimension NULLS FIRST, s.dimension_value, s.group_name
