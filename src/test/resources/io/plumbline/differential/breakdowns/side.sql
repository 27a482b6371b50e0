SELECT unit_id, label, {of_days} AS v
FROM (
    SELECT p.unit_id, {label} AS label, any_value(p.d0) AS d0, NULL::INT AS k, r.day, least({of_day}, {cap}) AS v, count(*) FILTER ({has_value}) AS values_found
    FROM points AS p
    JOIN rows_{source} AS r ON r.user_id = p.unit_id
    LEFT JOIN kept AS n ON n.dimension = '{dimension}' AND n.label = {value_label}
    WHERE {window} AND r.day <= {last} AND {filter}
    GROUP BY p.unit_id, {label}, r.day
)
GROUP BY unit_id, label, k
HAVING sum(values_found) > 0
