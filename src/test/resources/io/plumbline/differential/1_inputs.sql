-- The files as they are. A row is on the local day of its instant; rows without one are on no day.

SET TimeZone = 'UTC';
SET threads = 1;

CREATE OR REPLACE MACRO local_day(moment) AS timezone('{zone}', moment)::DATE;

CREATE TEMP TABLE rows_events AS
SELECT *, happened_at AS instant, local_day(happened_at) AS day, user_id::VARCHAR AS user_key, device_id::VARCHAR AS device_key
FROM read_parquet('{data}/events/**/*.parquet', hive_partitioning = false)
WHERE happened_at IS NOT NULL;

CREATE TEMP TABLE rows_payments AS
SELECT *, paid_at AS instant, local_day(paid_at) AS day, user_id::VARCHAR AS user_key, device_id::VARCHAR AS device_key
FROM read_parquet('{data}/payments/*.parquet')
WHERE paid_at IS NOT NULL;

CREATE TEMP TABLE rows_visits AS
SELECT * EXCLUDE (day), NULL::TIMESTAMPTZ AS instant, {visit_day} AS day, user_id AS user_key, NULL::VARCHAR AS device_key
FROM {visits};

CREATE TEMP TABLE assignments AS
SELECT *, local_day(exposed_at) AS day FROM read_parquet('{data}/exposures/*.parquet');

CREATE TEMP TABLE experiments (experiment VARCHAR, unit VARCHAR, first_day DATE, end_day DATE, crossover VARCHAR);
CREATE TEMP TABLE experiment_groups (experiment VARCHAR, group_name VARCHAR);
CREATE TEMP TABLE experiment_metrics (experiment VARCHAR, metric VARCHAR);
CREATE TEMP TABLE experiment_views (experiment VARCHAR, shown VARCHAR);
CREATE TEMP TABLE experiment_breakdowns (experiment VARCHAR, property VARCHAR);
CREATE TEMP TABLE metrics (
    metric VARCHAR, has_denominator BOOLEAN, all_units BOOLEAN, at_least DOUBLE, more_than DOUBLE,
    needs_value BOOLEAN, is_unknown_without_value BOOLEAN
);
CREATE TEMP TABLE sides (
    metric VARCHAR, side VARCHAR, matured_after BIGINT, date_only BOOLEAN, p_lower DOUBLE, p_upper DOUBLE, limits_zeros BOOLEAN
);
