-- One row per experiment, metric, view, breakdown value and group, groups without units included.

WITH shown AS (
    SELECT DISTINCT metric, shown, experiment, dimension, label FROM percentile_results
    UNION
    SELECT m.metric, v.shown, m.experiment, '', '' FROM experiment_metrics AS m
    JOIN experiment_views AS v ON v.experiment = m.experiment
    JOIN experiments AS e ON e.experiment = m.experiment
    WHERE DATE '{as_of}' BETWEEN e.first_day AND coalesce(e.end_day, DATE '{as_of}')
)
SELECT w.experiment, w.metric, w.shown, w.dimension, w.label, g.group_name,
    coalesce(p.units, 0) AS units, coalesce(p.total, 0) AS total, p.mean, p.std_error, p.units * p.std_error * p.std_error AS variance
FROM shown AS w
JOIN experiment_groups AS g ON g.experiment = w.experiment
LEFT JOIN percentile_results AS p
    ON p.metric = w.metric AND p.shown = w.shown AND p.experiment = w.experiment
    AND p.dimension = w.dimension AND p.label = w.label AND p.group_name = g.group_name
