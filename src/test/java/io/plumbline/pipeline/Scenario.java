package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.experiment.Experiment;
import io.plumbline.plan.MetricSql;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A small project of text: tables in, tables out.
 *
 * @param folder where its files are
 * @param project its definitions
 * @param plumbline runs it
 */
record Scenario(Path folder, Project project, Plumbline plumbline) {

    private static final Path RESOURCES = Path.of("src/test/resources/io/plumbline/pipeline");

    /** Writes the files of a project, one of them {@code plumbline.yml}, and opens it. */
    static Scenario of(SparkSession spark, Path folder, Map<String, String> files) {
        files.forEach((name, text) -> write(folder.resolve(name), text));
        Project project = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
        return new Scenario(folder, project, Plumbline.on(spark, project));
    }

    /** Opens a copy of a project among the test resources. */
    static Scenario of(SparkSession spark, Path folder, String resources) {
        try (Stream<Path> given = Files.list(RESOURCES.resolve(resources))) {
            return of(
                    spark,
                    folder,
                    given.collect(Collectors.toMap(file -> file.getFileName().toString(), Scenario::read)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same sources and definitions over a warehouse of its own in the folder, or at a URI. */
    Scenario into(SparkSession spark, String warehouse) {
        Path definitions = folder.resolve("plumbline.yml");
        write(
                definitions,
                read(definitions).replaceAll("(?m)^warehouse:.*\n", "") + "warehouse: "
                        + (warehouse.contains(":") ? "" : "./") + warehouse + "\n");
        Project again = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
        return new Scenario(folder, again, Plumbline.on(spark, again));
    }

    /** Writes a file: a new one, or another in place of one that is there. */
    void rewrite(String name, String text) {
        write(folder.resolve(name), text);
    }

    /** Runs days, in order; every step must succeed. */
    Scenario run(String... days) {
        for (String day : days) {
            assertThat(plumbline.run(LocalDate.parse(day), Progress.NONE).steps())
                    .allMatch(step -> step.status() == StepReport.Status.OK);
        }
        return this;
    }

    /** Rows of {@code experiment_results}. */
    List<Row> rows(String where) {
        return plumbline
                .table("experiment_results")
                .filter(where)
                .orderBy("day_index", "dimension_value", "step", "group_name")
                .collectAsList();
    }

    /** The same, each as a line. */
    String lines(String where, Function<Row, String> text) {
        return rows(where).stream().map(text).collect(Collectors.joining());
    }

    /** Day or breakdown value, group, units, total and mean. */
    String results(String where) {
        return lines(where, Scenario::text);
    }

    /** A condition on the rows of a metric over the whole time since exposure. */
    static String cumulative(String metric, String where) {
        return "view = 'cumulative' AND metric = '" + metric + "' AND " + where;
    }

    /** The one top-line row of a metric over the whole time since exposure. */
    Row row(String metric, String where) {
        return plumbline
                .table("experiment_results")
                .filter(cumulative(metric, "dimension IS NULL AND " + where))
                .head();
    }

    /** What the SQL of a metric's explanation gives for the only experiment, as of a day. */
    List<Row> explained(String metric, String day) {
        return explained(project.experiments().values().iterator().next(), metric, day);
    }

    /** What the SQL of a metric's explanation gives for an experiment, as of a day. */
    List<Row> explained(Experiment experiment, String metric, String day) {
        List<String> statements = MetricSql.statements(
                project, Objects.requireNonNull(project.metrics().get(metric)), experiment, LocalDate.parse(day));
        SparkSession session =
                plumbline.table("experiment_results").sparkSession().newSession();
        statements.subList(0, statements.size() - 1).forEach(session::sql);
        return session.sql(statements.get(statements.size() - 1)).collectAsList();
    }

    /** The value that a row is shown under, for the beginning of its line. */
    static String label(Row row) {
        String value = row.getAs("dimension_value");
        return value == null ? "" : value + " ";
    }

    private static String text(Row row) {
        Integer day = row.getAs("day_index");
        Double mean = row.getAs("mean");
        return String.format(
                Locale.ROOT,
                "%s%s%-9s  %d units  total %.4f  mean %s%n",
                day == null ? "" : "day " + day + " ",
                label(row),
                row.<String>getAs("group_name"),
                row.<Long>getAs("units"),
                row.<Double>getAs("total"),
                mean == null ? "unknown" : String.format(Locale.ROOT, "%.4f", mean));
    }
}
