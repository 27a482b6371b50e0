CREATE OR REPLACE TEMP TABLE sliced (
    metric VARCHAR, shown VARCHAR, experiment VARCHAR, unit_id VARCHAR, group_name VARCHAR, dimension VARCHAR, label VARCHAR,
    x DOUBLE, y DOUBLE, lx DOUBLE, ly DOUBLE
);

CREATE OR REPLACE TEMP TABLE bounds (
    metric VARCHAR, shown VARCHAR, experiment VARCHAR, side VARCHAR, lower DOUBLE, upper DOUBLE
);
