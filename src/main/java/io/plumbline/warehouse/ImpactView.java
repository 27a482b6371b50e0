package io.plumbline.warehouse;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.metric.Metric;
import io.plumbline.metric.UnitValue;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What treatments do to the totals of metrics: as they run, as a fraction of the total over everybody, and projected to all units
 * of the experiment having the treatment.
 *
 * <pre>
 * I = topline_impact = (meanT − meanC)·N_t / days
 * T = daily_total, the average over these days of the metric's total over all units
 * topline_relative = I / |T − I|            half width of its interval = |T| / (T − I)² · half width of I's (delta method)
 * projected = as it runs / treated_share    treated_share = treated units / units of all groups
 * </pre>
 *
 * <p>T − I is the daily total had nobody the treatment. T is taken as known exactly, and the effect on units of other groups as
 * that on those that were treated.
 *
 * <p>A row per treatment and metric of every as-of day, of the top line over the whole time since exposure. Only metrics whose unit
 * values are plain sums over rows (of a mean or a ratio the numerator's) and whose source counts its catalog by the experiment's unit
 * type: otherwise T would not be the total of what was compared. Counts of different units or values are no such sums, because a
 * unit that was active on several days is one in the experiment and several in T. {@code days} are the days that the compared means
 * were gathered over.
 *
 * <p>Nothing of it is stored: it follows the results and the catalog as they are.
 *
 * <p>Edge cases: a day of which the catalog does not hold the metric as it was compared makes T and all that is relative NULL, reason
 * {@code days_missing}; T = 0 or T = I all that is relative, reason {@code zero_denominator}; an effect without interval, the intervals.
 * The end of a one-sided interval that is open is NULL.
 */
final class ImpactView {

    private static final String QUERY = """
            WITH summed AS (SELECT * FROM VALUES {sums} AS summed (experiment, metric, first_day, last_day)),
            compared AS (
              SELECT r.*, s.first_day, least(r.ds, s.last_day) AS final_day,
                datediff(least(r.ds, s.last_day), s.first_day) + 1 AS days,
                sum(r.units) OVER (PARTITION BY r.ds, r.experiment, r.metric) AS all_units
              FROM {results} r JOIN summed s ON r.experiment = s.experiment AND r.metric = s.metric
              WHERE r.view = 'cumulative' AND r.dimension IS NULL AND r.step IS NULL),
            totals AS (
              SELECT c.ds, c.experiment, c.metric, sum(m.numerator) AS total, count(m.numerator) AS days_known
              FROM compared c JOIN {catalog} m ON m.metric = c.metric AND m.metric_hash = c.metric_hash
                AND m.dimension IS NULL AND m.ds BETWEEN c.first_day AND c.final_day
              WHERE c.is_control
              GROUP BY c.ds, c.experiment, c.metric),
            impact AS (
              SELECT c.ds, c.experiment, c.metric, c.role, c.group_name, c.units, c.days, c.topline_impact,
                c.abs_ci_low * c.denominator / c.days AS topline_ci_low,
                c.abs_ci_high * c.denominator / c.days AS topline_ci_high,
                CASE WHEN t.days_known = c.days THEN t.total / c.days END AS daily_total,
                nullif(c.units / nullif(c.all_units, 0), 0) AS treated_share, c.reason
              FROM compared c LEFT JOIN totals t
                ON c.ds = t.ds AND c.experiment = t.experiment AND c.metric = t.metric
              WHERE NOT c.is_control),
            untreated AS (
              SELECT *, nullif(abs(nullif(daily_total, 0) - topline_impact), 0) AS without FROM impact),
            relative AS (
              SELECT *, topline_impact / without AS topline_relative,
                (topline_ci_low - topline_impact) * abs(daily_total) / (without * without) AS below,
                (topline_ci_high - topline_impact) * abs(daily_total) / (without * without) AS above
              FROM untreated)
            SELECT ds, experiment, metric, role, group_name, units, days,
              topline_impact, topline_ci_low, topline_ci_high, daily_total,
              topline_relative, topline_relative + below AS topline_relative_ci_low,
              topline_relative + above AS topline_relative_ci_high, treated_share,
              topline_impact / treated_share AS projected_impact,
              topline_ci_low / treated_share AS projected_ci_low,
              topline_ci_high / treated_share AS projected_ci_high,
              topline_relative / treated_share AS projected_relative,
              (topline_relative + below) / treated_share AS projected_relative_ci_low,
              (topline_relative + above) / treated_share AS projected_relative_ci_high,
              CASE WHEN topline_impact IS NULL THEN reason WHEN daily_total IS NULL THEN 'days_missing'
                WHEN without IS NULL THEN 'zero_denominator' ELSE reason END AS reason
            FROM relative""";

    /** A relation without rows still needs one to say what its columns are; no experiment has an empty name. */
    private static final String NONE = "('', '', DATE'1970-01-01', DATE'1970-01-01')";

    private ImpactView() {}

    /**
     * A metric of an experiment whose unit values are plain sums.
     *
     * @param experiment the experiment's name
     * @param metric the metric's name
     * @param firstDay the first day on which units may be exposed
     * @param lastDay the last day of the experiment; the end of time for one that is open-ended
     */
    record Sum(String experiment, String metric, LocalDate firstDay, LocalDate lastDay) {

        private String row() {
            return String.format(
                    Locale.ROOT, "('%s', '%s', DATE'%s', DATE'%s')", experiment, metric, firstDay, lastDay);
        }
    }

    /** The sums of a project, in the order of experiments and metrics. */
    static List<Sum> sums(Project project) {
        return project.experiments().values().stream()
                .flatMap(experiment -> experiment.metrics().keySet().stream()
                        .map(name -> Objects.requireNonNull(project.metrics().get(name), name))
                        .filter(metric -> isSum(project, experiment, metric))
                        .map(metric -> new Sum(
                                experiment.name(),
                                metric.name(),
                                experiment.period().start(),
                                experiment.period().end().orElse(LocalDate.of(9999, 12, 31)))))
                .toList();
    }

    private static boolean isSum(Project project, Experiment experiment, Metric metric) {
        UnitValue numerator = metric.measure().numerator();
        String source = numerator.component().source();
        return numerator.isSumOfRows()
                && Objects.requireNonNull(project.metricSources().get(source), source)
                        .firstUnit()
                        .equals(experiment.unit());
    }

    /**
     * The view's query.
     *
     * @param results SQL name of {@link Tables#EXPERIMENT_RESULTS}
     * @param catalog SQL name of {@link Tables#METRIC_DAILY}
     */
    static String query(String results, String catalog, List<Sum> sums) {
        String rows = sums.isEmpty() ? NONE : sums.stream().map(Sum::row).collect(Collectors.joining(", "));
        return QUERY.replace("{sums}", rows).replace("{results}", results).replace("{catalog}", catalog);
    }
}
