package io.plumbline.cli;

import io.plumbline.definition.Project;
import io.plumbline.experiment.AssignmentSource;
import io.plumbline.metric.Component;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricSource;
import io.plumbline.source.DayRange;
import io.plumbline.source.Filters;
import io.plumbline.source.SourceException;
import io.plumbline.source.Sources;
import io.plumbline.source.SparkMessage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Holds definitions against the sources that they name: schemas are read, rows are not. */
final class Connections {

    private final Project project;
    private final Sources sources;

    Connections(SparkSession spark, Project project) {
        SparkSession own = spark.newSession();
        own.conf().set("spark.sql.session.timeZone", project.zone().getId());
        own.conf().set("spark.sql.ansi.enabled", "true");
        this.project = project;
        this.sources = new Sources(own, project.zone());
    }

    /** What is wrong, one line each, in the order of definitions; empty when every column and expression resolves. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        bySource().forEach((name, problem) -> problem.ifPresent(problems::add));
        for (Metric metric : project.metrics().values()) {
            problems.addAll(problems(metric));
        }
        return problems;
    }

    /** Every source with what keeps it from being opened. */
    Map<String, Optional<String>> bySource() {
        Map<String, Optional<String>> bySource = new LinkedHashMap<>();
        for (MetricSource source : project.metricSources().values()) {
            bySource.put(source.name(), problem(source.info().origin(), () -> units(rows(source), source.units())));
        }
        for (AssignmentSource source : project.assignmentSources().values()) {
            bySource.put(source.name(), problem(source.info().origin(), () -> exposures(source)));
        }
        return bySource;
    }

    private Dataset<Row> rows(MetricSource source) {
        return sources.read(source, anyDay());
    }

    private static Dataset<Row> units(Dataset<Row> rows, Map<String, String> units) {
        return rows.select(units.values().stream().map(Sources::quoted).toArray(Column[]::new));
    }

    private Dataset<Row> exposures(AssignmentSource source) {
        Stream<String> named = Stream.of(source.experiment(), source.group());
        Column[] columns = Stream.of(named, source.units().values().stream(), source.properties().stream())
                .flatMap(part -> part)
                .map(Sources::quoted)
                .toArray(Column[]::new);
        return sources.read(source, anyDay()).select(columns);
    }

    /** The metrics of a source that cannot be opened have no problems of their own. */
    private List<String> problems(Metric metric) {
        String origin = metric.about().info().origin();
        return metric.components().stream()
                .filter(component -> isOpen(component.source()))
                .flatMap(component -> problem(origin, () -> values(metric, component)).stream())
                .map(problem -> problem.replaceFirst(": ", ": metric '" + metric.name() + "': "))
                .distinct()
                .toList();
    }

    private boolean isOpen(String source) {
        MetricSource definition = project.metricSources().get(source);
        return definition != null
                && problem("", () -> units(rows(definition), definition.units()))
                        .isEmpty();
    }

    private Dataset<Row> values(Metric metric, Component component) {
        Dataset<Row> rows = rows(Objects.requireNonNull(project.metricSources().get(component.source())));
        Stream<Column> value =
                component.value().map(text -> functions.expr("(" + text + ")").cast("double")).stream();
        Stream<Column> breakdowns = metric.about().breakdowns().stream().map(Sources::quoted);
        return rows.filter(new Filters(rows.schema()).all(component.rows().filters()))
                .select(Stream.concat(value, breakdowns).toArray(Column[]::new));
    }

    /** Schemas are the same on every day; today's partitions are those that certainly need not be listed for long. */
    private DayRange anyDay() {
        LocalDate today = LocalDate.now(project.zone());
        return new DayRange(today, today);
    }

    private static Optional<String> problem(String origin, Supplier<Dataset<Row>> resolved) {
        try {
            resolved.get().schema();
            return Optional.empty();
        } catch (SourceException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            // Spark declares none of its checked AnalysisException; Java can only name it as Exception.
            return Optional.of(origin + ": " + SparkMessage.of(e));
        }
    }
}
