-- The values shown by name: at most {top}, of at least {least} units each, the alphabetically first among equals.

CREATE OR REPLACE TEMP TABLE kept AS
SELECT dimension, label FROM (
    SELECT dimension, label, count(DISTINCT unit_id) AS n,
        row_number() OVER (PARTITION BY dimension ORDER BY count(DISTINCT unit_id) DESC, label) AS rank
    FROM seen WHERE label <> '(other)' GROUP BY dimension, label HAVING count(DISTINCT unit_id) >= {least}
) WHERE rank <= {top};
