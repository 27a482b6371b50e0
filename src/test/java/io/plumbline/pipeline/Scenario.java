package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definition.ProjectLoader;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A small project of text: tables in, tables out.
 *
 * @param folder where its files are
 * @param plumbline the project
 */
record Scenario(Path folder, Plumbline plumbline) {

    /** Writes the files of a project, one of them {@code plumbline.yml}, and opens it. */
    static Scenario of(SparkSession spark, Path folder, Map<String, String> files) {
        files.forEach((name, text) -> write(folder.resolve(name), text));
        return new Scenario(folder, Plumbline.on(spark, ProjectLoader.load(folder, Map.of(), new SparkGrammar())));
    }

    /** Opens a copy of a project among the test resources. */
    static Scenario of(SparkSession spark, Path folder, String resources) {
        Map<String, String> files = new TreeMap<>();
        for (String name : List.of("plumbline.yml", "exposures.csv", "events.csv")) {
            files.put(name, read(Path.of("src/test/resources/io/plumbline/pipeline", resources, name)));
        }
        return of(spark, folder, files);
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
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a file, as a source does that got more rows. */
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
                .orderBy("day_index", "dimension_value", "group_name")
                .collectAsList();
    }

    /** The same as text: day or breakdown value, group, units, total and mean. */
    String results(String where) {
        return rows(where).stream().map(Scenario::text).collect(Collectors.joining());
    }

    private static String text(Row row) {
        String value = row.getAs("dimension_value");
        Integer day = row.getAs("day_index");
        Double mean = row.getAs("mean");
        return String.format(
                Locale.ROOT,
                "%s%s%-9s  %d units  total %.4f  mean %s%n",
                day == null ? "" : "day " + day + " ",
                value == null ? "" : value + " ",
                row.<String>getAs("group_name"),
                row.<Long>getAs("units"),
                row.<Double>getAs("total"),
                mean == null ? "unknown" : String.format(Locale.ROOT, "%.4f", mean));
    }
}
