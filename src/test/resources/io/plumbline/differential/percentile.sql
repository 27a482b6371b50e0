-- A percentile of one metric, per experiment, view, breakdown value and group, over the rows; then, with units as what is
-- independent, the ranks between which it lies and the values there. Sums of whole numbers are exact.

CREATE OR REPLACE TEMP TABLE percentile_rows AS
SELECT w.shown, j.experiment, j.unit_id, a.group_name, s.part.dimension, s.part.label, ({value})::DOUBLE AS v
FROM joined_{source} AS j
JOIN analysed AS a ON a.experiment = j.experiment AND a.unit_id = j.unit_id
JOIN experiment_metrics AS m ON m.experiment = j.experiment AND m.metric = '{metric}'
JOIN experiment_views AS w ON w.experiment = j.experiment
CROSS JOIN LATERAL (
    SELECT unnest([{slices}, {'dimension': 'platform', 'label': a.platform}, {'dimension': 'home', 'label': a.home}]) AS part
) AS s
WHERE (w.shown = 'cumulative' OR j.day = DATE '{as_of}')
  AND ({window}) AND ({condition}) AND ({matured}) AND isfinite(({value})::DOUBLE)
  AND (s.part.dimension NOT IN ('platform', 'home')
    OR EXISTS (SELECT 1 FROM experiment_breakdowns AS b WHERE b.experiment = j.experiment AND b.property = s.part.dimension));

INSERT INTO percentile_results
WITH cells AS (
    SELECT shown, experiment, dimension, label, group_name, count(*) AS n, list_sort(list(v)) AS sorted,
        quantile_cont(v, {p}::DOUBLE) AS mean,
        sorted[floor((n - 1) * {p}::DOUBLE)::BIGINT + 1] AS below,
        sorted[least(n, floor((n - 1) * {p}::DOUBLE)::BIGINT + 2)] AS above,
        (n - 1) * {p}::DOUBLE - floor((n - 1) * {p}::DOUBLE) AS part,
        CASE WHEN below = above THEN below ELSE below * (1 - part) + above * part END AS q
    FROM percentile_rows GROUP BY ALL
),
counts AS (
    SELECT r.shown, r.experiment, r.dimension, r.label, r.group_name, r.unit_id,
        count(*)::HUGEINT AS n_i, (count(*) FILTER (r.v <= c.q))::HUGEINT AS s_i
    FROM percentile_rows AS r
    JOIN cells AS c USING (shown, experiment, dimension, label, group_name)
    GROUP BY ALL
),
sums AS (
    SELECT shown, experiment, dimension, label, group_name, count(*) AS k, sum(n_i)::HUGEINT AS n_all, sum(s_i)::HUGEINT AS s_all
    FROM counts GROUP BY ALL
),
errors AS (
    SELECT shown, experiment, dimension, label, group_name, any_value(k) AS k,
        sqrt(sum((s_i * n_all - n_i * s_all) * (s_i * n_all - n_i * s_all))::DOUBLE * any_value(k)
            / nullif(any_value(k) - 1, 0)) / any_value(n_all)::DOUBLE / any_value(n_all)::DOUBLE AS share_error
    FROM counts JOIN sums USING (shown, experiment, dimension, label, group_name)
    GROUP BY ALL
),
ranks AS (
    SELECT *,
        greatest(1, least(floor(n * ({p}::DOUBLE - {z}::DOUBLE * share_error)), floor((n - 1) * {p}::DOUBLE) + 1))::BIGINT AS lower_rank,
        least(n, greatest(ceil(n * ({p}::DOUBLE + {z}::DOUBLE * share_error)), floor((n - 1) * {p}::DOUBLE) + 2))::BIGINT AS upper_rank
    FROM cells JOIN errors USING (shown, experiment, dimension, label, group_name)
)
SELECT '{metric}', shown, experiment, dimension, label, group_name, k, n, mean,
    CASE WHEN k > 1 THEN nullif(sorted[upper_rank] - sorted[lower_rank], 0) / (2 * {z}::DOUBLE) END
FROM ranks;
