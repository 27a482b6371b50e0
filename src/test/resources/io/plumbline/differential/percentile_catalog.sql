-- The percentile of one metric over all units, on every day, also days without rows, and under breakdown values.

WITH found AS (
    SELECT j.day, s.part.dimension, s.part.label,
        quantile_cont(({value})::DOUBLE, {p}::DOUBLE) FILTER (isfinite(({value})::DOUBLE)) AS value,
        (count(*) FILTER (isfinite(({value})::DOUBLE)))::DOUBLE AS numerator,
        count(DISTINCT j.user_key) AS units, count(*) AS row_count
    FROM rows_{source} AS j
    CROSS JOIN LATERAL (SELECT unnest([{slices}]) AS part) AS s
    WHERE j.user_key IS NOT NULL AND j.day BETWEEN DATE '{first_day}' AND DATE '{as_of}' AND ({condition})
    GROUP BY ALL
),
days AS (
    SELECT unnest(generate_series(DATE '{first_day}', DATE '{as_of}', INTERVAL 1 DAY))::DATE AS day, '' AS dimension, '' AS label
)
SELECT '{metric}' AS metric, day, dimension, label, value, coalesce(numerator, 0) AS numerator,
    coalesce(units, 0) AS units, coalesce(row_count, 0) AS row_count
FROM found FULL JOIN days USING (day, dimension, label)
