package io.plumbline.covid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.ProjectCopy;
import io.plumbline.SparkTest;
import io.plumbline.cli.Main;
import io.plumbline.definition.Project;
import io.plumbline.inspect.Walk;
import io.plumbline.pipeline.Plumbline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daily job on a real A/B/C test: every number agrees with DuckDB on the same files. */
class CovidRunTest extends SparkTest {

    private static final LocalDate FIRST = LocalDate.parse("2020-09-14");
    private static final LocalDate SECOND = LocalDate.parse("2020-09-15");

    @TempDir
    Path folder;

    @Test
    void everyNumberAgreesWithDuckDbOnBothDays() throws IOException {
        Optional<Path> data = CovidReference.data();
        assumeTrue(data.isPresent());
        Path root = folder.resolve("project");
        Files.createSymbolicLink(Files.createDirectory(folder.resolve("shared")).resolve("data"), data.get());
        Project project = ProjectCopy.of("conf/covid_messaging", root, Map.of());
        Plumbline plumbline = Plumbline.on(spark(), project);
        for (LocalDate day : List.of(FIRST, SECOND)) {
            submit("--project", project.root().toString(), "run", "--date", day.toString());
            assertAgrees(plumbline, CovidReference.results(data.get(), day), day);
            assertWalksAgree(plumbline, project, day);
        }
        assertThat(plumbline.table("run_steps").filter("status <> 'ok'").isEmpty())
                .isTrue();
    }

    /** The entry point that spark-submit starts; it takes the session that is there, and leaves it running. */
    private static void submit(String... arguments) {
        Main.main(arguments);
    }

    private static void assertAgrees(Plumbline plumbline, List<CovidReference.Row> expected, LocalDate day) {
        Map<String, Row> rows = plumbline
                .table("experiment_results")
                .filter("view = 'cumulative' AND ds = DATE'" + day + "'")
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(
                        row -> key(
                                row.getAs("metric"),
                                row.getAs("dimension"),
                                row.getAs("dimension_value"),
                                row.getAs("group_name")),
                        row -> row));
        assertThat(rows).hasSize(expected.size());
        for (CovidReference.Row reference : expected) {
            String key =
                    key(reference.metric(), reference.dimension(), reference.dimensionValue(), reference.groupName());
            Row row = rows.get(key);
            assertThat(row).as(key).isNotNull();
            assertThat(row.<Long>getAs("units")).as(key).isEqualTo(reference.units());
            assertClose(row, "total", reference.total(), key);
            assertClose(row, "denominator", reference.denominator(), key);
            assertClose(row, "mean", reference.mean(), key);
            assertClose(row, "variance", reference.variance(), key);
        }
    }

    private static void assertWalksAgree(Plumbline plumbline, Project project, LocalDate day) {
        for (String metric : project.metrics().keySet()) {
            Walk walk = plumbline.reconcile("covid_messaging", metric, day);
            assertThat(walk.differences()).as(metric).isEmpty();
            assertThat(walk.gap()).as(metric).isEmpty();
        }
    }

    private static String key(String metric, String dimension, String value, String group) {
        return metric + " " + dimension + "=" + value + " " + group;
    }

    private static void assertClose(Row row, String column, double expected, String key) {
        Double actual = row.getAs(column);
        assertThat(actual).as(key + " " + column).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
    }
}
