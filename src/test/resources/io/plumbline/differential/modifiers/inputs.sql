-- The files as they are, each row on the local day of its instant.

SET TimeZone = 'UTC';
SET threads = 1;

CREATE TEMP TABLE rows_events AS
SELECT *, happened_at AS instant, timezone('{zone}', happened_at)::DATE AS day
FROM read_parquet('{data}/events/**/*.parquet', hive_partitioning = false) WHERE user_id IS NOT NULL;

CREATE TEMP TABLE rows_payments AS
SELECT *, paid_at AS instant, timezone('{zone}', paid_at)::DATE AS day
FROM read_parquet('{data}/payments/*.parquet') WHERE user_id IS NOT NULL AND paid_at IS NOT NULL;

CREATE TEMP TABLE rows_visits AS
SELECT * EXCLUDE (day), NULL::TIMESTAMPTZ AS instant, {visit_day} AS day FROM {visits} WHERE user_id IS NOT NULL;

CREATE TEMP TABLE sightings AS
SELECT experiment, user_id AS unit_id, arm AS group_name, exposed_at AS instant, timezone('{zone}', exposed_at)::DATE AS day
FROM read_parquet('{data}/exposures/*.parquet') WHERE user_id IS NOT NULL AND arm <> 'ghost';
