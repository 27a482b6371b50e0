-- One row per metric and half as of the last day, metric by metric.
WITH per_customer AS (
  SELECT half, customer, count(*) AS orders, sum(dollars) AS revenue, count(DISTINCT day) AS days
  FROM customers JOIN orders USING (customer)
  GROUP BY ALL
),
bound AS (
  SELECT list_sort(list(revenue))[ceil(0.999 * count(*))::INT] AS upper FROM per_customer WHERE revenue <> 0
),
repeats AS (
  SELECT half, customer, max(CASE WHEN day >= first_day + 1 AND day < first_day + 91 THEN 1 ELSE 0 END) AS came_back
  FROM customers JOIN orders USING (customer)
  WHERE first_day + 91 <= getvariable('as_of') + 1
  GROUP BY ALL
),
buying_days AS (SELECT DISTINCT half, customer, day FROM customers JOIN orders USING (customer)),
starts AS (
  SELECT s.half, s.customer, s.day, EXISTS (
      SELECT 1 FROM buying_days c
      WHERE c.customer = s.customer AND c.day > s.day AND c.day <= s.day + 90) AS came_back
  FROM buying_days s
  WHERE s.day + 90 <= getvariable('as_of')
)
SELECT 'orders' AS metric, half, count(*) AS units, sum(orders)::DOUBLE AS total, avg(orders) AS mean
FROM per_customer GROUP BY half
UNION ALL
SELECT 'revenue', half, count(*), sum(revenue), avg(revenue) FROM per_customer GROUP BY half
UNION ALL
SELECT 'revenue_top_limited', half, count(*), sum(least(revenue, upper)), avg(least(revenue, upper))
FROM per_customer, bound GROUP BY half
UNION ALL
SELECT 'order_value', half, count(*), sum(revenue), sum(revenue) / sum(orders) FROM per_customer GROUP BY half
UNION ALL
SELECT 'repeat_buyers', half, count(*), sum(came_back), avg(came_back) FROM repeats GROUP BY half
UNION ALL
SELECT 'buying_days', half, count(*), sum(days), avg(days) FROM per_customer GROUP BY half
UNION ALL
SELECT 'order_value_p90', half, count(DISTINCT customer), count(*), quantile_cont(dollars, 0.9)
FROM customers JOIN orders USING (customer) GROUP BY half
UNION ALL
SELECT 'back_in_a_quarter', half, count(DISTINCT customer), count(*) FILTER (came_back),
  count(*) FILTER (came_back) / count(*)::DOUBLE
FROM starts GROUP BY half
