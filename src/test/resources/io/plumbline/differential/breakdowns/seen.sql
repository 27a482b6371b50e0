-- The units that have data of a metric under the values of a column.

INSERT INTO seen
SELECT '{dimension}', coalesce(r.{dimension}::VARCHAR, '(unknown)'), p.unit_id
FROM units AS p
JOIN rows_{source} AS r ON r.user_id = p.unit_id
WHERE {window} AND r.day <= {last} AND {filter} AND {has_value};
