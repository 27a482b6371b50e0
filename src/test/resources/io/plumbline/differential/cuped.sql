-- Every number of CUPED from its definition, over all units that count; those that take no part are 0 of 0.
-- ${events}, ${exposures}: CSV files; ${as_of}: the last day; ${days}: days before exposure.
WITH events AS (
  SELECT *, coalesce(shop, '(unknown)') AS place FROM read_csv('${events}', header = true, quote = '"', escape = '"',
    columns = {'user': 'VARCHAR', 'moment': 'TIMESTAMP', 'shop': 'VARCHAR', 'amount': 'DOUBLE'})
), units AS (
  SELECT "user" AS id, min(group_name) AS g, min(moment) AS t0, min(moment)::DATE AS d0
  FROM read_csv('${exposures}', header = true, quote = '"', escape = '"',
    columns = {'user': 'VARCHAR', 'experiment': 'VARCHAR', 'group_name': 'VARCHAR', 'moment': 'TIMESTAMP'})
  GROUP BY "user"
), slices AS (
  SELECT NULL AS slice UNION ALL SELECT DISTINCT place FROM events
), after AS (
  SELECT s.slice, u.id, count(e.moment) AS n_rows, count(e.amount) AS n, sum(e.amount) AS total, min(e.amount) AS least,
    count(DISTINCT e.moment::DATE) AS days
  FROM units u CROSS JOIN slices s LEFT JOIN events e ON e."user" = u.id AND (s.slice IS NULL OR e.place = s.slice)
    AND e.moment >= u.t0 AND e.moment::DATE <= DATE '${as_of}'
  GROUP BY s.slice, u.id
), before AS (
  SELECT s.slice, u.id, count(e.moment) AS n_rows, count(e.amount) AS n, sum(e.amount) AS total, min(e.amount) AS least,
    count(DISTINCT e.moment::DATE) AS days
  FROM units u CROSS JOIN slices s LEFT JOIN events e ON e."user" = u.id AND (s.slice IS NULL OR e.place = s.slice)
    AND e.moment::DATE BETWEEN u.d0 - ${days} AND u.d0 - 1
  GROUP BY s.slice, u.id
), bounds AS (
  SELECT
    (SELECT list_sort(list(total))[ceil(0.1 * count(*))::INT] FROM after WHERE slice IS NULL AND total <> 0) AS low,
    (SELECT list_sort(list(total))[ceil(0.9 * count(*))::INT] FROM after WHERE slice IS NULL AND total <> 0) AS high,
    (SELECT list_sort(list(total))[ceil(0.1 * count(*))::INT] FROM before WHERE slice IS NULL AND total <> 0) AS low_before,
    (SELECT list_sort(list(total))[ceil(0.9 * count(*))::INT] FROM before WHERE slice IS NULL AND total <> 0) AS high_before
), joined AS (
  SELECT u.g, u.id, u.d0, a.slice, a.n_rows, a.n, a.total, a.least, a.days, b.n_rows AS b_rows, b.n AS b_n, b.total AS b_total,
    b.least AS b_least, b.days AS b_days, bounds.*
  FROM units u JOIN after a ON a.id = u.id JOIN before b ON b.id = u.id AND b.slice IS NOT DISTINCT FROM a.slice, bounds
), vectors AS (
  SELECT 'spent' AS metric, 'one' AS kind, slice, g, true AS part, coalesce(total, 0) AS x, 1.0 AS y,
    coalesce(b_total, 0) AS p, 0.0 AS q, b_n > 0 AS data FROM joined
  UNION ALL SELECT 'limited', 'one', slice, g, true,
    CASE WHEN coalesce(total, 0) = 0 THEN 0 ELSE least(high, greatest(low, total)) END, 1,
    CASE WHEN coalesce(b_total, 0) = 0 THEN 0 ELSE least(high_before, greatest(low_before, b_total)) END, 0, b_n > 0 FROM joined
  UNION ALL SELECT 'visits', 'one', slice, g, true, n_rows, 1, b_rows, 0, b_rows > 0 FROM joined
  UNION ALL SELECT 'active', 'one', slice, g, true, days / (DATE '${as_of}' - d0 + 1)::DOUBLE, 1, b_days / ${days}::DOUBLE, 0,
    b_rows > 0 FROM joined
  UNION ALL SELECT 'average', 'ratio', slice, g, n > 0, coalesce(total, 0), n, coalesce(b_total, 0), b_n, b_n > 0 FROM joined
  UNION ALL SELECT 'per_visit', 'ratio', slice, g, n_rows > 0, coalesce(total, 0), n_rows, coalesce(b_total, 0), b_rows,
    b_rows > 0 FROM joined
  UNION ALL SELECT 'least', 'known', slice, g, n > 0, coalesce(least, 0), (n > 0)::INT, coalesce(b_least, 0), (b_n > 0)::INT,
    b_n > 0 FROM joined
  UNION ALL SELECT 'logged', 'known', slice, g, coalesce(total, 0) > 0, CASE WHEN total > 0 THEN ln(total) ELSE 0 END,
    (coalesce(total, 0) > 0)::INT, CASE WHEN b_total > 0 THEN ln(b_total) ELSE 0 END, (coalesce(b_total, 0) > 0)::INT,
    coalesce(b_total, 0) > 0 FROM joined
), linear AS (
  SELECT v.*,
    (x - y * sum(x) OVER of_group / sum(y) OVER of_group) / avg(y) OVER of_group AS l,
    CASE WHEN kind = 'ratio' THEN (p - q * sum(p) OVER of_all / sum(q) OVER of_all) / avg(q) OVER of_all ELSE p END AS c,
    CASE WHEN kind = 'known' THEN q ELSE 0 END AS d
  FROM vectors v
  WINDOW of_group AS (PARTITION BY metric, slice, g), of_all AS (PARTITION BY metric, slice)
), products AS (
  SELECT metric, slice, kind, g, regr_sxx(l, c) AS cc, regr_sxx(l, d) AS dd, regr_sxy(c, d) AS cd, regr_sxy(l, c) AS lc,
    regr_sxy(l, d) AS ld
  FROM linear GROUP BY ALL
), slopes AS (
  SELECT metric, slice,
    CASE WHEN kind = 'known' THEN (sum(lc) * sum(dd) - sum(ld) * sum(cd)) / (sum(cc) * sum(dd) - sum(cd) * sum(cd))
      ELSE sum(lc) / sum(cc) END AS t1,
    CASE WHEN kind = 'known' THEN (sum(ld) * sum(cc) - sum(lc) * sum(cd)) / (sum(cc) * sum(dd) - sum(cd) * sum(cd))
      ELSE 0 END AS t2
  FROM products GROUP BY metric, slice, kind
), means AS (
  SELECT metric, slice, avg(c) AS c, avg(d) AS d FROM linear GROUP BY metric, slice
), estimates AS (
  SELECT l.metric, l.slice, l.g, count(*) AS n, sum(l.part::INT) AS units, sum(l.data::INT) AS data,
    sum(l.x) / sum(l.y) AS unadjusted_mean,
    sum(l.x) / sum(l.y) - any_value(t1) * (avg(l.c) - any_value(m.c)) - any_value(t2) * (avg(l.d) - any_value(m.d)) AS mean,
    var_samp(l.l) AS plain, var_samp(l.l - t1 * l.c - t2 * l.d) AS adjusted
  FROM linear l
  JOIN slopes s ON s.metric = l.metric AND s.slice IS NOT DISTINCT FROM l.slice
  JOIN means m ON m.metric = l.metric AND m.slice IS NOT DISTINCT FROM l.slice
  GROUP BY l.metric, l.slice, l.g
)
SELECT metric, slice, g, units, unadjusted_mean, mean, adjusted * units / n AS variance,
  1 - sum(adjusted / n) OVER w / sum(plain / n) OVER w AS variance_reduction,
  sum(data) OVER w > 100 AND sum(data) OVER w > 0.05 * sum(n) OVER w
    AND 1 - sum(adjusted / n) OVER w / sum(plain / n) OVER w > 0 AS applied
FROM estimates
WINDOW w AS (PARTITION BY metric, slice)
ORDER BY metric, slice, g
