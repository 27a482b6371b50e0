-- Exposures first: who met which group when, as known at the end of {as_of}. Of several groups at one instant the first
-- by name counts, and the unit has crossed over.

CREATE OR REPLACE TEMP TABLE sightings AS
SELECT
    e.experiment, e.unit, e.crossover, a.arm AS group_name, a.exposed_at AS instant, a.day, a.platform, a.home,
    CASE e.unit WHEN 'user_id' THEN a.user_id::VARCHAR ELSE a.device_id::VARCHAR END AS unit_id
FROM assignments AS a
JOIN experiments AS e ON e.experiment = a.experiment
JOIN experiment_groups AS g ON g.experiment = e.experiment AND g.group_name = a.arm
WHERE a.day >= e.first_day
  AND a.day <= coalesce(e.end_day, DATE '{as_of}')
  AND a.day <= DATE '{as_of}'
  AND DATE '{as_of}' BETWEEN e.first_day AND coalesce(e.end_day, DATE '{as_of}');

CREATE OR REPLACE TEMP TABLE exposed AS
SELECT s.*, t.groups_met > 1 AS crossed
FROM (
    SELECT *, row_number() OVER (
        PARTITION BY experiment, unit_id
        ORDER BY instant, group_name, home NULLS FIRST, platform NULLS FIRST
    ) AS n
    FROM sightings WHERE unit_id IS NOT NULL
) AS s
JOIN (SELECT experiment, unit_id, count(DISTINCT group_name) AS groups_met FROM sightings GROUP BY ALL) AS t
    ON t.experiment = s.experiment AND t.unit_id = s.unit_id
WHERE s.n = 1;

CREATE OR REPLACE TEMP TABLE analysed AS
SELECT experiment, unit, unit_id, group_name, instant AS t0, day AS d0,
    coalesce(platform, '(unknown)') AS platform, coalesce(home, '(unknown)') AS home
FROM exposed
WHERE NOT crossed OR crossover = 'first_group';

-- Rows at or after exposure, in the experiments whose unit the row names.
CREATE OR REPLACE TEMP TABLE joined_events AS
SELECT a.experiment, a.unit_id, a.t0, a.d0, r.*
FROM analysed AS a
JOIN rows_events AS r ON a.unit_id = CASE a.unit WHEN 'user_id' THEN r.user_key ELSE r.device_key END
WHERE r.instant >= a.t0 AND r.day <= DATE '{as_of}';

CREATE OR REPLACE TEMP TABLE joined_payments AS
SELECT a.experiment, a.unit_id, a.t0, a.d0, r.*
FROM analysed AS a
JOIN rows_payments AS r ON a.unit_id = CASE a.unit WHEN 'user_id' THEN r.user_key ELSE r.device_key END
WHERE r.instant >= a.t0 AND r.day <= DATE '{as_of}';

CREATE OR REPLACE TEMP TABLE joined_visits AS
SELECT a.experiment, a.unit_id, a.t0, a.d0, r.*
FROM analysed AS a
JOIN rows_visits AS r ON a.unit_id = CASE a.unit WHEN 'user_id' THEN r.user_key ELSE r.device_key END
WHERE r.day >= a.d0 AND r.day <= DATE '{as_of}';

CREATE OR REPLACE TEMP TABLE side_values (
    metric VARCHAR, side VARCHAR, shown VARCHAR, experiment VARCHAR, unit_id VARCHAR, dimension VARCHAR, label VARCHAR,
    v DOUBLE
);
