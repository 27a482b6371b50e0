SELECT unit_id, k, {of_days} AS v
FROM (
    SELECT p.unit_id, p.k, any_value(p.d0) AS d0, r.day, {of_day} AS v
    FROM points AS p
    JOIN rows_{source} AS r ON r.user_id = p.unit_id
    WHERE {window} AND r.day <= {last} AND {filter} AND (p.k IS NULL OR r.day = p.d0 + p.k::INT)
    GROUP BY p.unit_id, p.k, r.day
)
GROUP BY unit_id, k
