-- What is known of units at their exposure: the last value that is not null; of several at once the first as text.

CREATE OR REPLACE TEMP TABLE described AS
SELECT u.*, NULL::INT AS k,
    coalesce((SELECT p.plan FROM read_parquet('{data}/accounts/*.parquet') AS p
        WHERE p.user_id = u.unit_id AND p.since <= u.t0 AND p.plan IS NOT NULL
        ORDER BY p.since DESC, p.plan LIMIT 1), '(unknown)') AS plan,
    coalesce((SELECT min(p.tier_name) FROM read_parquet('{data}/profiles/*.parquet') AS p
        WHERE p.user_id = u.unit_id), '(unknown)') AS tier_name
FROM units AS u;

CREATE OR REPLACE TEMP TABLE seen (dimension VARCHAR, label VARCHAR, unit_id VARCHAR);
INSERT INTO seen SELECT 'plan', plan, unit_id FROM described UNION ALL SELECT 'tier_name', tier_name, unit_id FROM described;
