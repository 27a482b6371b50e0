package io.plumbline.plan;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Component;
import io.plumbline.metric.FunnelMetric;
import io.plumbline.metric.Logarithm;
import io.plumbline.metric.Measure;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricSource;
import io.plumbline.metric.Population;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.UnitValue;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A metric of an experiment as plain Spark SQL, from source rows over unit values to the mean of every group: what a run
 * computes in parts, in one query that anyone can read, run and check.
 *
 * <p>The query gives the top line as of a day, one row per group: {@code group_name, units, total, mean, variance,
 * std_error}, and {@code denominator} where the metric has one; names and numbers are those of the table {@code
 * experiment_results}. It reads the source and the table {@code exposures}. Winsorization bounds are exact, while a run
 * finds them within the project's relative error. Approximate numbers of distinct values agree within their error: the
 * estimate of a sketch over all rows also uses the order of the rows, which that of a run does not.
 */
public final class MetricSql {

    private static final String DELTA_METHOD = """
            (VAR_SAMP(numerator) - 2 * mean * COVAR_SAMP(numerator, denominator)
                + mean * mean * VAR_SAMP(denominator)) -- delta method
                / NULLIF(POWER(AVG(denominator), 2), 0) AS variance""";

    private final Project project;
    private final Metric metric;
    private final Measure measure;
    private final Experiment experiment;
    private final LocalDate asOf;
    private final LocalDate lastDay;
    private final Level level;
    private final Optional<IdSql> ids;

    private MetricSql(Project project, Metric metric, Experiment experiment, LocalDate asOf, Level level) {
        this.project = project;
        this.metric = metric;
        this.measure = metric.measure();
        this.experiment = experiment;
        this.asOf = asOf;
        this.lastDay = experiment.period().lastDay(asOf);
        this.level = level;
        this.ids = project.dependsOnIds(experiment, metric) ? IdSql.of(project, experiment, asOf) : Optional.empty();
    }

    /** What the query has a row for. */
    public enum Level {
        /**
         * Every row that counts, with {@code group_name, unit_id, at} and as {@code value} what it adds: 1 where rows or
         * values are counted; {@code side} where the metric has two.
         */
        ROW,
        /** Every analysed unit, with {@code group_name, unit_id} and its value, or numerator and denominator. */
        UNIT,
        /** Every group, with the numbers of the table of results. */
        GROUP
    }

    /**
     * The statements, to be run one after the other in one session; the last is the query.
     *
     * @param metric any metric whose sources have the experiment's unit, or the one that it resolves
     * @param asOf results include all data up to the end of this local day
     */
    public static List<String> statements(Project project, Metric metric, Experiment experiment, LocalDate asOf) {
        return statements(project, metric, experiment, asOf, Level.GROUP);
    }

    /** The same up to a level; the query's rows are sorted by its first columns. */
    public static List<String> statements(
            Project project, Metric metric, Experiment experiment, LocalDate asOf, Level level) {
        MetricSql sql = new MetricSql(project, metric, experiment, asOf, level);
        Stream<String> session = Stream.of(
                "-- Days are those of the project\nSET TIME ZONE "
                        + SqlText.literal(project.zone().getId()),
                ExposureSql.view(project));
        Stream<String> sources = metric.sources().stream().flatMap(name -> sql.views(name));
        return Stream.of(
                        session, sql.ids.stream().flatMap(ids -> ids.links().stream()), sources, Stream.of(sql.query()))
                .flatMap(part -> part)
                .toList();
    }

    private Stream<String> views(String name) {
        MetricSource source = defined(name);
        LocalDate first = experiment.period().start();
        LocalDate last = experiment.period().lastWindowDay(asOf);
        return Stream.concat(
                SourceSql.of(source).statements(first, last).stream(),
                ids.filter(found -> found.resolves(source)).map(found -> found.ownedRows(source)).stream());
    }

    private MetricSource defined(String name) {
        return Objects.requireNonNull(project.metricSources().get(name), name);
    }

    /** A source as the query reads it. */
    private MetricSource source(String name) {
        MetricSource source = defined(name);
        return ids.filter(found -> found.resolves(source))
                .map(found -> found.owned(source))
                .orElse(source);
    }

    private String query() {
        if (metric instanceof FunnelMetric funnel) {
            return funnel(funnel);
        }
        List<Side> sides = sides();
        List<String> tables = new ArrayList<>();
        tables.add(exposed());
        if (measure.numerator().rollup() instanceof Rollup.Return window) {
            return retention(tables, window);
        }
        sides.forEach(side -> tables.add(side.rows()));
        if (level == Level.ROW) {
            return with(tables, LevelSql.rows(sides));
        }
        if (measure.percentile().isPresent()) {
            if (level == Level.UNIT) {
                throw new IllegalArgumentException(
                        "a percentile is taken of rows and has no value per unit; ask for the level of rows or groups");
            }
            double alpha = experiment.analysis().alpha();
            double probability = measure.percentile().orElseThrow().probability();
            PercentileSql percentile = new PercentileSql(sides.get(0), probability, alpha);
            tables.addAll(percentile.tables());
            return with(tables, percentile.groups());
        }
        sides.forEach(side -> tables.add(side.values()));
        if (sides.size() == 2) {
            tables.add(pairs());
        }
        WinsorizedSql winsorized = new WinsorizedSql(sides);
        if (winsorized.isNeeded()) {
            tables.add(winsorized.bounds());
            tables.add(winsorized.limited());
        }
        String units = winsorized.isNeeded() ? "limited" : "units";
        Optional<String> logged = measure.numerator().log().map(log -> logged(log, units));
        logged.ifPresent(tables::add);
        String last = logged.isPresent() ? "logged" : units;
        return with(tables, level == Level.UNIT ? LevelSql.units(names(sides), last) : groups(last));
    }

    private String retention(List<String> tables, Rollup.Return window) {
        Side start = ofComponent("start", 0);
        Side completion = ofComponent("completion", 1);
        if (level == Level.ROW) {
            return with(
                    Stream.concat(tables.stream(), Stream.of(start.rows(), completion.rows()))
                            .toList(),
                    LevelSql.rows(List.of(start, completion)));
        }
        tables.addAll(new RetentionSql(start, completion, window).tables());
        return with(tables, level == Level.UNIT ? LevelSql.units(names(sides()), "units") : groups("units"));
    }

    private static String with(List<String> tables, String query) {
        return "WITH\n" + String.join(",\n\n", tables) + "\n\n" + query;
    }

    private static List<String> names(List<Side> sides) {
        return sides.stream().map(Side::name).toList();
    }

    private String funnel(FunnelMetric funnel) {
        List<MetricSource> sources = funnel.sources().stream().map(this::source).toList();
        List<String> tables = new ArrayList<>(List.of(exposed()));
        tables.addAll(new FunnelSql(funnel, sources, experiment.unit(), lastDay).tables());
        return with(
                tables,
                switch (level) {
                    case ROW -> LevelSql.stepRows();
                    case UNIT -> LevelSql.units(List.of("numerator", "denominator"), "units");
                    case GROUP -> groups("units");
                });
    }

    private List<Side> sides() {
        UnitValue numerator = measure.numerator();
        return measure.denominator()
                .map(lower -> List.of(
                        side("numerator", numerator, Population.ALL_UNITS),
                        side("denominator", lower, Population.ALL_UNITS)))
                .orElseGet(() -> List.of(side("value", numerator, measure.population())));
    }

    private Side side(String name, UnitValue value, Population population) {
        return new Side(
                name, value, population, source(value.component().source()), experiment.unit(), lastRead(value));
    }

    private Side ofComponent(String name, int index) {
        UnitValue value = measure.numerator();
        Component component = value.components().get(index);
        return side(name, UnitValue.of(component, Rollup.Plain.TOTAL, value.window()), Population.ALL_UNITS);
    }

    /** The last day whose rows count for a value. */
    private LocalDate lastRead(UnitValue value) {
        CohortWindow window = value.window();
        LocalDate last = window.to().isPresent() ? experiment.period().lastWindowDay(asOf) : lastDay;
        LocalDate baked = asOf.minusDays(window.bakeDays());
        return baked.isBefore(last) ? baked : last;
    }

    private String exposed() {
        List<String> conditions = new ArrayList<>(ExposureSql.conditions(experiment, lastDay));
        ids.flatMap(IdSql::condition).ifPresent(conditions::add);
        metric.sides().stream()
                .filter(side -> side.window().bakeDays() > 0)
                .map(side -> "first_exposure_date <= "
                        + SqlText.literal(asOf.minusDays(side.window().bakeDays())) + " -- baked")
                .distinct()
                .forEach(conditions::add);
        metric.sides().stream()
                .filter(side -> side.window().maturity() == CohortWindow.Maturity.ONLY_MATURED)
                .map(this::matured)
                .distinct()
                .forEach(conditions::add);
        return "-- The units that are analysed, and when they met their group\nexposed AS (\n"
                + "  SELECT unit_id, group_name, first_exposure_at AS t0, first_exposure_date AS d0\n  FROM exposures\n  WHERE "
                + String.join("\n    AND ", conditions) + "\n)";
    }

    private String matured(UnitValue side) {
        Duration to = side.window().to().orElseThrow();
        MetricSource source = source(side.component().source());
        LocalDate nextDay = lastRead(side).plusDays(1);
        return Side.isDaily(source)
                ? "date_add(first_exposure_date, " + to.toDays() + ") <= " + SqlText.literal(nextDay)
                : Side.after("first_exposure_at", to) + " <= " + SqlText.startOf(nextDay);
    }

    private String pairs() {
        boolean participating = measure.population() == Population.PARTICIPATING;
        return "-- Unit level: both sides; "
                + (participating ? "units without denominator leave" : "units without denominator stay")
                + "\nunits AS (\n  SELECT unit_id, group_name, numerator, denominator\n"
                + "  FROM numerators JOIN denominators USING (unit_id, group_name)"
                + (participating ? "\n  WHERE denominator <> 0" : "") + "\n)";
    }

    private static String logged(Logarithm log, String units) {
        String value = log.base() == Math.E
                ? "LN(value)"
                : log.base() == 10 ? "LOG10(value)" : "LN(value) / LN(" + SqlText.number(log.base()) + ")";
        return "-- Unit level: logarithms; units without one leave\nlogged AS (\n  SELECT unit_id, group_name, " + value
                + " AS value\n  FROM " + units + "\n  WHERE value > 0\n)";
    }

    private String groups(String units) {
        List<String> columns = measure.denominator().isPresent() || metric instanceof FunnelMetric
                ? List.of(
                        "COUNT(*) AS units",
                        "SUM(numerator) AS total",
                        "SUM(denominator) AS denominator",
                        "SUM(numerator) / NULLIF(SUM(denominator), 0) AS mean",
                        DELTA_METHOD,
                        "SQRT(variance / COUNT(*)) AS std_error")
                : List.of(
                        "COUNT(*) AS units",
                        "SUM(value) AS total",
                        "AVG(value) AS mean",
                        "VAR_SAMP(value) AS variance",
                        "SQRT(VAR_SAMP(value) / COUNT(*)) AS std_error");
        return "-- Group level\nSELECT\n  group_name,\n  " + String.join(",\n  ", columns) + "\nFROM " + units
                + "\nGROUP BY group_name\nORDER BY group_name";
    }
}
