-- The top line of every metric of one experiment as of a day, with events found by resolved ids.
-- {mode}: strict, first_touch, last_touch; {crossover}: exclude, first_group; {start}, {end}: microseconds, half-open.
WITH seen AS (
  SELECT device, grp, us FROM exposures WHERE us >= {start} AND us < {end}
),
unit AS (
  SELECT device, min(us) AS t0, list(grp ORDER BY us, grp)[1] AS grp, count(DISTINCT grp) AS arms
  FROM seen GROUP BY device
),
eligible AS (
  SELECT device, t0, grp FROM unit WHERE '{crossover}' = 'first_group' OR arms = 1
),
pair AS (
  SELECT DISTINCT l.device, l.usr
  FROM logins l JOIN eligible USING (device)
  WHERE l.usr IS NOT NULL AND l.us >= {start} AND l.us < {end}
),
pair_of AS (
  SELECT p.*, e.t0,
    (SELECT count(*) FROM pair q WHERE q.usr = p.usr) AS devices,
    (SELECT count(*) FROM pair q WHERE q.device = p.device) AS users
  FROM pair p JOIN eligible e USING (device)
),
owner AS (
  SELECT usr, device FROM pair_of WHERE '{mode}' = 'strict' AND devices = 1 AND users = 1
  UNION ALL
  SELECT usr, list(device ORDER BY t0, device)[1] FROM pair_of WHERE '{mode}' = 'first_touch' GROUP BY usr
  UNION ALL
  SELECT usr, list(device ORDER BY t0 DESC, device)[1] FROM pair_of WHERE '{mode}' = 'last_touch' GROUP BY usr
),
analysed AS (
  SELECT * FROM eligible
  WHERE '{mode}' <> 'strict' OR device NOT IN (SELECT device FROM pair_of WHERE devices > 1 OR users > 1)
),
bought AS (
  SELECT a.device, a.t0, o.us, o.amount, o.item, d.day
  FROM analysed a
  JOIN owner w USING (device)
  JOIN orders o ON o.usr = w.usr AND o.us >= a.t0 AND o.us < {end}
  JOIN days d ON o.us >= d.since AND o.us < d.until
),
clicked AS (
  SELECT a.device, count(*) AS clicks
  FROM analysed a JOIN clicks c ON c.device = a.device AND c.us >= a.t0 AND c.us < {end}
  GROUP BY a.device
),
capped AS (
  SELECT device, sum(least(of_day, 40)) AS x FROM (SELECT device, day, sum(amount) AS of_day FROM bought GROUP BY ALL)
  GROUP BY device
),
per_unit AS (
  SELECT a.device, a.grp,
    (SELECT count(*) FROM bought b WHERE b.device = a.device) AS n,
    (SELECT coalesce(sum(amount), 0) FROM bought b WHERE b.device = a.device) AS x,
    (SELECT coalesce(sum(amount), 0) FROM bought b
      WHERE b.device = a.device AND b.us - b.t0 >= {from} AND b.us - b.t0 < {to}) AS windowed,
    (SELECT count(DISTINCT item) FROM bought b WHERE b.device = a.device) AS items,
    (SELECT count(DISTINCT day) FROM bought b WHERE b.device = a.device)
      / (SELECT {last} - d.day + 1 FROM days d WHERE a.t0 >= d.since AND a.t0 < d.until) AS active,
    coalesce((SELECT c.x FROM capped c WHERE c.device = a.device), 0) AS capped,
    coalesce((SELECT clicks FROM clicked c WHERE c.device = a.device), 0) AS clicks
  FROM analysed a
),
value AS (
  SELECT grp, device, unnest(['orders_made', 'spent', 'in_window', 'items', 'active', 'capped', 'clicks_made']) AS metric,
    unnest([n::DOUBLE, x::DOUBLE, windowed::DOUBLE, items::DOUBLE, active::DOUBLE, capped::DOUBLE, clicks::DOUBLE]) AS v
  FROM per_unit
)
SELECT metric, grp AS group_name, count(*) AS units, sum(v) AS total, avg(v) AS mean, var_samp(v) AS variance
FROM value GROUP BY ALL
UNION ALL
SELECT 'order_size', grp, count(*) FILTER (n > 0), sum(x)::DOUBLE, sum(x) / sum(n)::DOUBLE, NULL
FROM per_unit GROUP BY grp HAVING sum(n) > 0
