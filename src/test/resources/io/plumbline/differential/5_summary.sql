-- One row per experiment, metric, view, breakdown value and group, groups without units included.
-- variance: sample variance over units of (x - R y) / mean(y), R = sum(x) / sum(y). The scales say how much was added up.

WITH shown AS (
    SELECT DISTINCT metric, shown, experiment, dimension, label FROM sliced
    UNION
    SELECT m.metric, v.shown, m.experiment, '', '' FROM experiment_metrics AS m
    JOIN experiment_views AS v ON v.experiment = m.experiment
    JOIN experiments AS e ON e.experiment = m.experiment
    WHERE DATE '{as_of}' BETWEEN e.first_day AND coalesce(e.end_day, DATE '{as_of}')
),
grouped AS (
    SELECT metric, shown, experiment, dimension, label, group_name,
        fsum(lx) / nullif(fsum(ly), 0) AS r, fsum(ly) / count(*) AS mean_y
    FROM sliced GROUP BY ALL
),
summarised AS (
    SELECT
        s.metric, s.shown, s.experiment, s.dimension, s.label, s.group_name,
        count(*) AS units,
        fsum(s.lx) AS total,
        fsum(s.ly) AS denominator,
        any_value(g.r) AS mean,
        CASE WHEN any_value(g.r) IS NOT NULL THEN var_samp((s.lx - g.r * s.ly) / nullif(g.mean_y, 0)) END AS variance,
        count(*) FILTER (s.lx <> s.x OR s.ly <> s.y) AS winsorized_units,
        fsum(abs(s.lx)) AS scale_x,
        fsum(abs(s.ly)) AS scale_y,
        fsum(s.lx * s.lx + g.r * g.r * s.ly * s.ly) / any_value(g.mean_y * g.mean_y) / greatest(1, count(*) - 1) AS scale_v
    FROM sliced AS s
    JOIN grouped AS g
        ON g.metric = s.metric AND g.shown = s.shown AND g.experiment = s.experiment
        AND g.dimension = s.dimension AND g.label = s.label AND g.group_name = s.group_name
    GROUP BY s.metric, s.shown, s.experiment, s.dimension, s.label, s.group_name
)
SELECT
    w.experiment, w.metric, w.shown, w.dimension, w.label, g.group_name,
    coalesce(s.units, 0) AS units,
    coalesce(s.total, 0) AS total,
    coalesce(s.denominator, 0) AS denominator,
    s.mean,
    s.variance,
    b.lower AS winsor_lower,
    b.upper AS winsor_upper,
    coalesce(s.winsorized_units, 0) AS winsorized_units,
    coalesce(s.scale_x, 0) AS scale_x,
    coalesce(s.scale_y, 0) AS scale_y,
    coalesce(s.scale_v, 0) AS scale_v
FROM shown AS w
JOIN experiment_groups AS g ON g.experiment = w.experiment
LEFT JOIN summarised AS s
    ON s.metric = w.metric AND s.shown = w.shown AND s.experiment = w.experiment
    AND s.dimension = w.dimension AND s.label = w.label AND s.group_name = g.group_name
LEFT JOIN bounds AS b
    ON b.side = 'numerator' AND b.metric = w.metric AND b.shown = w.shown AND b.experiment = w.experiment
