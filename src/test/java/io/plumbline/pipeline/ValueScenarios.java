package io.plumbline.pipeline;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** The experiment whose rows and definitions are under {@code values}, run as of its third day, once for all tests. */
abstract class ValueScenarios extends SparkTest {

    static final LocalDate THIRD_DAY = LocalDate.parse("2026-01-03");

    static Project project() {
        return Holder.SCENARIO.project();
    }

    static Plumbline plumbline() {
        return Holder.SCENARIO.plumbline();
    }

    private static final class Holder {

        static final Scenario SCENARIO =
                Scenario.of(spark(), folder(), "values").run(THIRD_DAY.toString());

        private static Path folder() {
            try {
                return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "values");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static String topLine(String metric) {
        return results(metric, "cumulative", "dimension IS NULL");
    }

    static String results(String metric, String view, String where) {
        return Holder.SCENARIO.results("view = '" + view + "' AND metric = '" + metric + "' AND " + where);
    }
}
