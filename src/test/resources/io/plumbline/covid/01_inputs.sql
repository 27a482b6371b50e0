-- The export as it is, and what every number starts from. Variables: data (folder), as_of (DATE).
-- Parquet times are UTC; call times carry no zone and are read as UTC.

CREATE OR REPLACE TEMP TABLE first_exposures AS
WITH decisions AS (
    SELECT
        visitor_id,
        "timestamp" AS decided_at,
        CASE variation_id
            WHEN '18802093142' THEN 'control'
            WHEN '18818611832' THEN 'message_1'
            WHEN '18817551468' THEN 'message_2'
        END AS group_name,
        list_filter(attributes, lambda a: a.name = 'browser')[1].value AS browser
    FROM read_parquet(getvariable('data') || '/covid_messaging/type=decisions/date=*/experiment=*/*.parquet')
    WHERE experiment_id = '18786493712'
      AND "timestamp" < getvariable('as_of') + INTERVAL 1 DAY
)
SELECT
    visitor_id,
    min(decided_at) AS t0,
    arg_min(group_name, decided_at) AS group_name,
    arg_min(browser, decided_at) AS browser
FROM decisions
WHERE decided_at >= TIMESTAMP '2020-09-14 00:00:00'
  AND decided_at < TIMESTAMP '2020-09-16 00:00:00'
GROUP BY visitor_id
HAVING count(DISTINCT group_name) = 1;

CREATE OR REPLACE TEMP TABLE rows_after_exposure AS
SELECT
    'shop' AS origin,
    e.visitor_id,
    e.event_name,
    e.tags['category'] AS category,
    e.revenue,
    NULL::DOUBLE AS minutes
FROM read_parquet(getvariable('data') || '/covid_messaging/type=events/date=*/event=*/*.parquet') AS e
JOIN first_exposures AS x ON x.visitor_id = e.visitor_id
WHERE e."timestamp" >= x.t0
  AND e."timestamp" < getvariable('as_of') + INTERVAL 1 DAY
  AND e."timestamp" < TIMESTAMP '2020-09-16 00:00:00'
UNION ALL
SELECT 'calls', c.visitor_id, NULL, NULL, NULL, c.call_duration_min
FROM (
    SELECT visitor_id, strptime(call_start, '%m/%d/%Y %H:%M:%S') AS called_at, call_duration_min::DOUBLE AS call_duration_min
    FROM read_csv(getvariable('data') || '/covid_messaging/call_data.csv', header = true, all_varchar = true)
) AS c
JOIN first_exposures AS x ON x.visitor_id = c.visitor_id
WHERE c.called_at >= x.t0
  AND c.called_at < getvariable('as_of') + INTERVAL 1 DAY
  AND c.called_at < TIMESTAMP '2020-09-16 00:00:00';
