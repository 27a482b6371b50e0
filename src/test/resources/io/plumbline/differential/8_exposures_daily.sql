-- Units of each group that are analysed: first exposed on the day, and until then; and how many have crossed over.

SELECT
    g.experiment, g.group_name,
    count(*) FILTER (x.day = DATE '{as_of}' AND (NOT x.crossed OR x.crossover = 'first_group')) AS new_units,
    count(*) FILTER (NOT x.crossed OR x.crossover = 'first_group') AS cumulative_units,
    count(*) FILTER (x.unit_id IS NOT NULL) AS units,
    count(*) FILTER (x.crossed) AS crossed
FROM experiment_groups AS g
JOIN experiments AS e ON e.experiment = g.experiment
LEFT JOIN exposed AS x ON x.experiment = g.experiment AND x.group_name = g.group_name
WHERE DATE '{as_of}' BETWEEN e.first_day AND coalesce(e.end_day, DATE '{as_of}')
GROUP BY g.experiment, g.group_name
