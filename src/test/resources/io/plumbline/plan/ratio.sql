-- Days are those of the project
SET TIME ZONE 'America/Los_Angeles';

-- First exposures, as runs write them
CREATE OR REPLACE TEMPORARY VIEW exposures AS
SELECT * FROM main.experiments.exposures;

-- Metric source checkout_events
CREATE OR REPLACE TEMPORARY VIEW checkout_events AS
SELECT *
FROM main.analytics.checkout_events;

WITH
-- The units that are analysed, and when they met their group
exposed AS (
  SELECT unit_id, group_name, first_exposure_at AS t0, first_exposure_date AS d0
  FROM exposures
  WHERE experiment = 'ranking_v2'
    AND first_exposure_date <= DATE'2026-11-15'
    AND (crossover_at IS NULL OR crossover_at >= TIMESTAMP'2026-11-16 00:00:00')
),

-- Row level: the rows that count
numerator_rows AS (
  SELECT CAST(user_id AS STRING) AS unit_id, event_time AS at
  FROM checkout_events
  WHERE event = 'checkout'
    AND event_time < TIMESTAMP'2026-11-16 00:00:00'
),

-- Row level: the rows that count
denominator_rows AS (
  SELECT CAST(user_id AS STRING) AS unit_id, event_time AS at
  FROM checkout_events
  WHERE event = 'visit'
    AND event_time < TIMESTAMP'2026-11-16 00:00:00'
),

-- Unit level: one numerator per exposed unit, also without rows
numerators AS (
  SELECT e.unit_id, e.group_name,
    CAST(COUNT(r.unit_id) AS DOUBLE) AS numerator
  FROM exposed e
  LEFT JOIN numerator_rows r
    ON r.unit_id = e.unit_id
    AND r.at >= e.t0
  GROUP BY e.unit_id, e.group_name, e.t0, e.d0
),

-- Unit level: one denominator per exposed unit, also without rows
denominators AS (
  SELECT e.unit_id, e.group_name,
    CAST(COUNT(r.unit_id) AS DOUBLE) AS denominator
  FROM exposed e
  LEFT JOIN denominator_rows r
    ON r.unit_id = e.unit_id
    AND r.at >= e.t0
  GROUP BY e.unit_id, e.group_name, e.t0, e.d0
),

-- Unit level: both sides; units without denominator leave
units AS (
  SELECT unit_id, group_name, numerator, denominator
  FROM numerators JOIN denominators USING (unit_id, group_name)
  WHERE denominator <> 0
)

-- Group level
SELECT
  group_name,
  COUNT(*) AS units,
  SUM(numerator) AS total,
  SUM(denominator) AS denominator,
  SUM(numerator) / NULLIF(SUM(denominator), 0) AS mean,
  (VAR_SAMP(numerator) - 2 * mean * COVAR_SAMP(numerator, denominator)
    + mean * mean * VAR_SAMP(denominator)) -- delta method
    / NULLIF(POWER(AVG(denominator), 2), 0) AS variance,
  SQRT(variance / COUNT(*)) AS std_error
FROM units
GROUP BY group_name
ORDER BY group_name
