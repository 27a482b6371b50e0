CREATE OR REPLACE TEMP TABLE percentile_results (
    metric VARCHAR, shown VARCHAR, experiment VARCHAR, dimension VARCHAR, label VARCHAR, group_name VARCHAR,
    units BIGINT, total DOUBLE, mean DOUBLE, std_error DOUBLE
);
