package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.InterpretingTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What maintenance says to people and to programs. */
class MaintainCommandTest extends InterpretingTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--retain=soon | --retain is 'soon'; write days or hours",
                "--retain=6d   | less than 7 days ago may be in use by jobs that are running; give --no-running-jobs",
                "--output=csv  | --output of this command is table or json"
            })
    void what_it_cannot_do_is_said_before_anything_is_read(String option, String complaint) {
        Terminal.Ended ended = new Terminal(folder).run("maintain", option);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains(complaint).hasLineCount(1);
    }

    @Test
    void lines_are_for_people_and_what_was_done_is_for_programs() throws IOException {
        Files.writeString(
                folder.resolve("plumbline.yml"),
                "version: 1\nproject: none\nwarehouse: ./tables\nunit_types: [user]\n");
        Terminal.Ended none = terminal().run("maintain", "--dry-run");
        assertThat(none).isEqualTo(new Terminal.Ended(0, "", "Nothing to do.\n"));

        assertThat(terminal().run("init").code()).isZero();
        for (String run : new String[] {"one", "other"}) {
            spark().sql("INSERT INTO delta.`" + folder.resolve("tables/runs")
                    + "` (ds, run_id) VALUES (DATE'2026-01-01', '" + run + "')");
        }
        Terminal.Ended planned = terminal().run("maintain", "--dry-run");
        assertThat(planned.out()).containsPattern("compact +runs +2 files in 1 partition");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Terminal.Ended done = scala.Console.withOut(
                printed, () -> terminal().run("maintain", "--retain", "0h", "--no-running-jobs", "--output", "json"));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .as("what Delta prints is not for programs")
                .isEmpty();
        assertThat(done.code()).isZero();
        assertThat(done.out())
                .startsWith("[\n{")
                .contains("{\"action\":\"compact\",\"table\":\"runs\",\"detail\":\"2 files into 1\"}")
                .contains("{\"action\":\"vacuum\",\"table\":\"runs\",");
        assertThat(done.err()).contains("maintain exposures … [nothing to do, ").endsWith("Done. OK=8 ERROR=0\n");
    }

    private Terminal terminal() {
        return new Terminal(folder).with(spark());
    }
}
