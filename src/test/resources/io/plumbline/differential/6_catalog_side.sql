-- One side of one metric over all units of a source, experiment or not, per day and breakdown value.

INSERT INTO catalog_sides
SELECT '{metric}', '{side}', j.day, s.part.dimension, s.part.label, {aggregate}, {has_data}, count(*), count(DISTINCT j.user_key),
    {scale}
FROM rows_{source} AS j
CROSS JOIN LATERAL (SELECT unnest([{slices}]) AS part) AS s
WHERE j.user_key IS NOT NULL AND j.day BETWEEN DATE '{first_day}' AND DATE '{as_of}' AND ({condition})
GROUP BY ALL;
