package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.plumbline.InterpretingTest;
import io.plumbline.definition.Project;
import io.plumbline.pipeline.RunReport;
import io.plumbline.pipeline.StepReport;
import io.plumbline.source.SourceException;
import io.plumbline.warehouse.Commit;
import io.plumbline.warehouse.Tables;
import io.plumbline.warehouse.Warehouse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and schedulers learn when something does not go well. */
class FailureTest extends InterpretingTest {

    @Test
    void a_source_that_is_not_what_its_definition_says_is_a_matter_of_definitions() {
        Failure failure = Failure.of(new SourceException("sources.yml:3:5: source 'a': cannot be read: no such table"));
        assertThat(failure.code().code()).isEqualTo(78);
        assertThat(failure.lines()).containsExactly("sources.yml:3:5: source 'a': cannot be read: no such table");
    }

    @Test
    void data_that_is_not_there_yet_is_not_ready() {
        assertThat(Failure.of(new NotReadyException("run first")).code().code()).isEqualTo(99);
    }

    @Test
    void a_run_that_another_has_overtaken_is_to_be_started_again(@TempDir Path folder) {
        Warehouse warehouse = new Warehouse(spark(), new Project.Warehouse.Folder(folder.toString()));
        warehouse.create(Tables.LOADS);
        Commit commit = new Commit("first", LocalDate.EPOCH, "", "");
        Warehouse first = warehouse.begin(commit);
        warehouse.begin(new Commit("second", LocalDate.EPOCH, "", ""));
        Throwable overtaken = catchThrowable(() -> first.replace(
                Tables.LOADS.name(), spark().createDataFrame(List.<Row>of(), Tables.LOADS.schema()), "true", commit));

        Failure failure = Failure.of((Exception) overtaken);
        assertThat(failure.code().code()).isEqualTo(75);
        assertThat(failure.lines()).singleElement().asString().startsWith("run 'second' began after this one");
    }

    @Test
    void what_nobody_expected_is_one_line_of_what_spark_said() {
        Exception spark = new IllegalStateException(
                "job failed",
                new RuntimeException("[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012\n== plan ==\n…"));
        Failure failure = Failure.of(spark);
        assertThat(failure.code().code()).isEqualTo(1);
        assertThat(failure.lines()).containsExactly("Division by zero.");
    }

    @Test
    void an_unexpected_failure_tells_how_to_see_more_and_verbose_shows_it() {
        Terminal terminal = new Terminal(Path.of("conf/demo").toAbsolutePath()).with(new Broken());
        Terminal.Ended quiet = terminal.run("runs");
        assertThat(quiet.code()).isEqualTo(1);
        assertThat(quiet.err()).isEqualTo("ERROR: no cluster\nGive --verbose to see the stack trace.\n");
        assertThat(terminal.run("runs", "--verbose").err()).contains("\tat io.plumbline.cli.FailureTest");
    }

    @Test
    void steps_are_numbered_and_summed_up() {
        StringWriter err = new StringWriter();
        ProgressLines progress = new ProgressLines(
                new Console(new PrintWriter(err), PlumblineCommand.LogFormat.TEXT, Clock.systemUTC()));
        StepReport ok = step(StepReport.Status.OK, "checkout_events", "12,345 units");
        StepReport failed = step(StepReport.Status.ERROR, "page_loads", "column 'x' cannot be resolved");
        progress.finished(3, 14, ok);
        progress.finished(4, 14, failed);
        progress.done(new RunReport("r1", LocalDate.parse("2026-11-19"), List.of(ok, failed), List.of()));
        assertThat(err.toString()).isEqualTo("""
                        3 of 14 OK    unit-days checkout_events … [12,345 units, 8.2 s]
                        4 of 14 ERROR unit-days page_loads … [column 'x' cannot be resolved, 8.2 s]
                        Done. OK=1 WARN=0 ERROR=1 SKIP=0
                        """);
    }

    /** A cluster that cannot be reached. */
    private static final class Broken implements Sessions {
        @Override
        public SparkSession session() {
            throw new IllegalStateException("no cluster");
        }

        @Override
        public void close() {}
    }

    private static StepReport step(StepReport.Status status, String subject, String detail) {
        return new StepReport("unit-days", subject, status, detail, Optional.empty(), Duration.ofMillis(8_249));
    }
}
