package io.plumbline.warehouse;

import io.plumbline.definition.Project;
import java.util.Map;
import java.util.TreeMap;

/** Queries over the output tables that notebooks and dashboards start from. */
public final class Views {

    private Views() {}

    /** View name → query. */
    public static Map<String, String> all(Warehouse warehouse, Project project) {
        String results = warehouse.sqlName(Tables.EXPERIMENT_RESULTS.name());
        String catalog = warehouse.sqlName(Tables.METRIC_DAILY.name());
        String health = warehouse.sqlName(Tables.EXPERIMENT_HEALTH.name());
        return new TreeMap<>(Map.of(
                "v_scorecard",
                latest(results) + " WHERE r.view = 'cumulative' AND r.dimension IS NULL",
                "v_timeseries",
                "SELECT ds, experiment, metric, role, view, day_index, step, step_name, group_name, is_control, units, "
                        + "mean, std_error, abs_effect, abs_ci_low, abs_ci_high, rel_effect, rel_ci_low, "
                        + "rel_ci_high, p_value, reason FROM " + results + " WHERE dimension IS NULL",
                "v_health",
                latest(health),
                "v_impact",
                ImpactView.query(results, catalog, ImpactView.sums(project))));
    }

    /** The rows of each experiment's latest day. */
    private static String latest(String table) {
        return "SELECT r.* FROM " + table + " r JOIN (SELECT experiment, max(ds) AS ds FROM " + table
                + " GROUP BY experiment) latest ON r.experiment = latest.experiment AND r.ds = latest.ds";
    }
}
