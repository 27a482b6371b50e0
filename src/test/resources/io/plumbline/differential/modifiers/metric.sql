-- One metric: points that count, their sides day by day, what is done to the totals, and the groups.

WITH points AS (
    SELECT * FROM (
        SELECT u.*, unnest({days}) AS k FROM units AS u
    )
    WHERE {counts}
),
x AS ({x}),
y AS ({y}),
totals AS (
    SELECT p.*, x.v AS found, ({threshold})::DOUBLE AS x0, ({y_value})::DOUBLE AS y0
    FROM points AS p
    LEFT JOIN x ON x.unit_id = p.unit_id AND x.k IS NOT DISTINCT FROM p.k
    LEFT JOIN y ON y.unit_id = p.unit_id AND y.k IS NOT DISTINCT FROM p.k
),
kept AS (SELECT * FROM totals WHERE {participates}),
bounds AS (
    SELECT
        list_sort(list(x0) FILTER ({x_member})) AS xs,
        list_sort(list(y0) FILTER ({y_member})) AS ys,
        CASE WHEN {x_lower} IS NOT NULL THEN xs[greatest(1, ceil({x_lower} * len(xs)))::BIGINT] END AS x_low,
        CASE WHEN {x_upper} IS NOT NULL THEN xs[greatest(1, ceil({x_upper} * len(xs)))::BIGINT] END AS x_high,
        CASE WHEN {y_lower} IS NOT NULL THEN ys[greatest(1, ceil({y_lower} * len(ys)))::BIGINT] END AS y_low,
        CASE WHEN {y_upper} IS NOT NULL THEN ys[greatest(1, ceil({y_upper} * len(ys)))::BIGINT] END AS y_high
    FROM kept
),
limited AS (
    SELECT k.*,
        CASE WHEN {x_member} THEN greatest(b.x_low, least(b.x_high, x0)) ELSE x0 END AS x1,
        CASE WHEN {y_member} THEN greatest(b.y_low, least(b.y_high, y0)) ELSE y0 END AS y1,
        b.x_low, b.x_high
    FROM kept AS k CROSS JOIN bounds AS b
),
scaled AS (SELECT *, {scaled} AS lx, y1 AS ly FROM limited WHERE {has_scaled}),
means AS (
    SELECT k, group_name, fsum(lx) / nullif(fsum(ly), 0) AS r, fsum(ly) / count(*) AS mean_y FROM scaled GROUP BY ALL
)
SELECT
    '{experiment}' AS experiment, '{metric}' AS metric, s.k AS day_index, s.group_name,
    count(*) AS units, fsum(lx) AS total, fsum(ly) AS denominator, any_value(m.r) AS mean,
    CASE WHEN any_value(m.r) IS NOT NULL THEN var_samp((lx - m.r * ly) / nullif(m.mean_y, 0)) END AS variance,
    count(*) FILTER (x1 <> x0 OR y1 <> y0) AS winsorized_units,
    any_value(x_low) AS winsor_lower, any_value(x_high) AS winsor_upper,
    fsum(abs(lx)) AS scale_x, fsum(abs(ly)) AS scale_y,
    fsum(lx * lx + m.r * m.r * ly * ly) / any_value(m.mean_y * m.mean_y) / greatest(1, count(*) - 1) AS scale_v
FROM scaled AS s
JOIN means AS m ON m.group_name = s.group_name AND m.k IS NOT DISTINCT FROM s.k
GROUP BY s.k, s.group_name
