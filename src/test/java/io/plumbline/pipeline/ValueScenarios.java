package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
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
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** The experiment whose rows and definitions are under {@code values}, run as of its third day, once for all tests. */
abstract class ValueScenarios extends SparkTest {

    static final LocalDate THIRD_DAY = LocalDate.parse("2026-01-03");

    static Project project() {
        return Holder.PROJECT;
    }

    static Plumbline plumbline() {
        return Holder.PLUMBLINE;
    }

    private static final class Holder {

        static final Project PROJECT = ProjectLoader.load(copied(), Map.of(), new SparkGrammar());
        static final Plumbline PLUMBLINE = run();

        private static Path copied() {
            Path given = Path.of("src/test/resources/io/plumbline/pipeline/values");
            try {
                Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "values");
                for (String file :
                        List.of("exposures.csv", "rooms.csv", "subscriptions.csv", "levels.csv", "plumbline.yml")) {
                    Files.copy(given.resolve(file), folder.resolve(file));
                }
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Plumbline run() {
            Plumbline plumbline = Plumbline.on(spark(), PROJECT);
            RunReport report = plumbline.run(THIRD_DAY, Progress.NONE);
            assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK);
            return plumbline;
        }
    }

    static String topLine(String metric) {
        return results(metric, "cumulative", "dimension IS NULL");
    }

    static String results(String metric, String view, String where) {
        return plumbline()
                .table("experiment_results")
                .filter("view = '" + view + "' AND metric = '" + metric + "' AND " + where)
                .orderBy("dimension_value", "group_name")
                .collectAsList()
                .stream()
                .map(ValueScenarios::text)
                .collect(Collectors.joining());
    }

    private static String text(Row row) {
        String value = row.getAs("dimension_value");
        return String.format(
                Locale.ROOT,
                "%s%-9s  %d units  total %.4f  mean %.4f%n",
                value == null ? "" : value + " ",
                row.<String>getAs("group_name"),
                row.<Long>getAs("units"),
                row.<Double>getAs("total"),
                row.<Double>getAs("mean"));
    }
}
