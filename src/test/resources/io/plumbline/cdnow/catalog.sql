-- The daily series over all customers.
SELECT 'orders' AS metric, day, count(*)::DOUBLE AS value FROM orders GROUP BY day
UNION ALL
SELECT 'revenue', day, sum(dollars) FROM orders GROUP BY day
UNION ALL
SELECT 'order_value', day, avg(dollars) FROM orders GROUP BY day
UNION ALL
SELECT 'buying_days', day, count(DISTINCT customer) FROM orders GROUP BY day
UNION ALL
SELECT 'order_value_p90', day, quantile_cont(dollars, 0.9) FROM orders GROUP BY day
