-- The file as a table; every customer is exposed by the first order.
CREATE TABLE orders AS
SELECT words[1] AS customer, strptime(words[2], '%Y%m%d')::DATE AS day, words[4]::DOUBLE AS dollars
FROM (
  SELECT regexp_split_to_array(trim(line), ' +') AS words
  FROM read_csv(getvariable('file'), header = false, skip = 1, delim = '|', columns = {'line': 'VARCHAR'})
);

CREATE TABLE customers AS
SELECT customer, min(day) AS first_day, CASE WHEN customer::INT % 2 = 0 THEN 'even' ELSE 'odd' END AS half
FROM orders
GROUP BY customer;
