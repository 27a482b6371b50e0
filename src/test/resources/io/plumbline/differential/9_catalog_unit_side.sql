-- One side of one metric that is not a sum over rows: first the value of every unit on the day, then over units.

INSERT INTO catalog_sides
SELECT '{metric}', '{side}', u.day, u.dimension, u.label, {over_units}, bool_or(u.has_data), sum(u.row_count), count(*),
    coalesce(fsum(abs(u.v)), 0)
FROM (
    SELECT j.user_key, j.day, s.part.dimension AS dimension, s.part.label AS label, {aggregate} AS v,
        {has_data} AS has_data, count(*) AS row_count
    FROM rows_{source} AS j
    CROSS JOIN LATERAL (SELECT unnest([{slices}]) AS part) AS s
    WHERE j.user_key IS NOT NULL AND j.day BETWEEN DATE '{first_day}' AND DATE '{as_of}' AND ({condition})
    GROUP BY ALL
) AS u
GROUP BY u.day, u.dimension, u.label;
