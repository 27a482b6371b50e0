-- Who is analysed in '{experiment}' as of {as_of}: units of one group. A point is a unit, or a unit on one of its days.

CREATE OR REPLACE TEMP TABLE units AS
SELECT unit_id, min(group_name) AS group_name, min(instant) AS t0, min(day) AS d0
FROM sightings
WHERE experiment = '{experiment}' AND day BETWEEN DATE '{start}' AND least(DATE '{end}', DATE '{as_of}')
GROUP BY unit_id
HAVING count(DISTINCT group_name) = 1;
