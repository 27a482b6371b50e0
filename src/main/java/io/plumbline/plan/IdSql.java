package io.plumbline.plan;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.IdResolution;
import io.plumbline.experiment.PropertySource;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.MetricSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Resolved ids as SQL: a view of the ids that belong together, and one of every source whose rows carry the other id, with
 * the experiment's unit on each row.
 *
 * @param project whose sources
 * @param experiment that resolves ids
 * @param ids how
 * @param asOf ids count that were seen together up to the end of this local day, or of the experiment's last window
 */
record IdSql(Project project, Experiment experiment, IdResolution ids, LocalDate asOf) {

    /** The condition on units under {@link IdResolution.Mode#STRICT}. */
    private static final String ONE_TO_ONE =
            "unit_id NOT IN (SELECT unit_id FROM id_links WHERE NOT kept) -- ids are 1:1";

    private static final String UNIT = "plumbline__unit_id";

    /** The resolution of an experiment; empty where it has none. */
    static Optional<IdSql> of(Project project, Experiment experiment, LocalDate asOf) {
        return experiment.idResolution().map(ids -> new IdSql(project, experiment, ids, asOf));
    }

    /** The statements that make {@code id_links}: which ids were seen together, and whether they belong together. */
    List<String> links() {
        LocalDate last = experiment.period().lastWindowDay(asOf);
        String view = ids.source() + "__ids";
        IdScan scan = IdScan.of(project, experiment.unit(), ids);
        SourceSql source = new SourceSql("Ids of " + ids.source(), view, scan.location(project), columns());
        List<String> statements =
                new ArrayList<>(source.statements(experiment.period().start(), last));
        List<String> conditions = new ArrayList<>(seen(last));
        conditions.add(SqlText.name(scan.column(project, ids.eventUnit())) + " IS NOT NULL");
        statements.add("-- Which ids belong together: " + words()
                + "\nCREATE OR REPLACE TEMPORARY VIEW id_links AS\nSELECT unit_id, event_unit_id,\n  " + kept()
                + " AS kept\nFROM (\n  SELECT DISTINCT "
                + text(scan.column(project, experiment.unit())) + " AS unit_id, "
                + text(scan.column(project, ids.eventUnit())) + " AS event_unit_id\n  FROM " + view + "\n  WHERE "
                + String.join("\n    AND ", conditions)
                + "\n)\nJOIN (\n  SELECT unit_id, first_exposure_at\n  FROM exposures\n  WHERE "
                + String.join(
                        "\n    AND ",
                        ExposureSql.conditions(experiment, experiment.period().lastDay(asOf)))
                + "\n) USING (unit_id)");
        return statements;
    }

    /** The view {@link #owned} of a source, over the view that has the source's name. */
    String ownedRows(MetricSource source) {
        return "-- Rows of " + source.name() + ", each with the unit of the experiment that it belongs to\n"
                + "CREATE OR REPLACE TEMPORARY VIEW " + owned(source).name() + " AS\nSELECT r.*, l.unit_id AS " + UNIT
                + "\nFROM " + source.name() + " r\nJOIN id_links l\n  ON l.kept AND l.event_unit_id = CAST(r."
                + SqlText.name(source.unitColumn(ids.eventUnit())) + " AS STRING)";
    }

    /** Whether the source's rows carry the other id. */
    boolean resolves(MetricSource source) {
        return !source.units().containsKey(experiment.unit());
    }

    /** A source as its rows are with the experiment's unit on them. */
    MetricSource owned(MetricSource source) {
        Map<String, String> units = new LinkedHashMap<>(source.units());
        units.put(experiment.unit(), UNIT);
        return new MetricSource(
                source.info().named(source.name() + "__of_units"),
                source.location(),
                source.time(),
                units,
                source.columns());
    }

    /** Which units the mode leaves in; to be true of rows of {@code exposures}. */
    Optional<String> condition() {
        return ids.mode() == IdResolution.Mode.STRICT ? Optional.of(ONE_TO_ONE) : Optional.empty();
    }

    private List<String> seen(LocalDate last) {
        Optional<EventTime> time = switch (ids.origin()) {
            case METRIC_SOURCE -> Optional.of(named(project.metricSources()).time());
            case ASSIGNMENT_SOURCE ->
                Optional.of(named(project.assignmentSources()).time());
            case PROPERTY_SOURCE -> property().time();
        };
        if (time.isEmpty()) {
            return List.of();
        }
        boolean daily = time.get().precision() == EventTime.Precision.DAY;
        String column = SqlText.name(time.get().column());
        LocalDate first = experiment.period().start();
        String until = daily
                ? "to_date(" + column + ") <= " + SqlText.literal(last)
                : column + " < " + SqlText.startOf(last.plusDays(1));
        String since = daily
                ? "to_date(" + column + ") >= " + SqlText.literal(first)
                : column + " >= " + SqlText.startOf(first);
        return ids.origin() == IdResolution.Origin.PROPERTY_SOURCE ? List.of(until) : List.of(since, until);
    }

    private Map<String, String> columns() {
        return switch (ids.origin()) {
            case METRIC_SOURCE -> named(project.metricSources()).columns();
            case ASSIGNMENT_SOURCE -> named(project.assignmentSources()).columns();
            case PROPERTY_SOURCE -> property().columns();
        };
    }

    private PropertySource property() {
        return named(project.propertySources());
    }

    private <T> T named(Map<String, T> sources) {
        return Objects.requireNonNull(sources.get(ids.source()), ids.source());
    }

    private String words() {
        return switch (ids.mode()) {
            case STRICT -> "those without another partner";
            case FIRST_TOUCH -> "an event's id and the unit that was exposed first";
            case LAST_TOUCH -> "an event's id and the unit that was exposed last";
        };
    }

    private String kept() {
        return switch (ids.mode()) {
            case STRICT ->
                "COUNT(*) OVER (PARTITION BY event_unit_id) = 1 AND COUNT(*) OVER (PARTITION BY unit_id) = 1";
            case FIRST_TOUCH ->
                "ROW_NUMBER() OVER (PARTITION BY event_unit_id ORDER BY first_exposure_at, unit_id) = 1";
            case LAST_TOUCH ->
                "ROW_NUMBER() OVER (PARTITION BY event_unit_id ORDER BY first_exposure_at DESC, unit_id) = 1";
        };
    }

    private static String text(String column) {
        return "CAST(" + SqlText.name(column) + " AS STRING)";
    }
}
