package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.InterpretingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an analysis on demand may look at beyond the whole, over the small experiment of the scenarios. */
class AnalyzeCommandTest extends InterpretingTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void runTheThirdDay() throws IOException {
        Path given = Path.of("src/test/resources/io/plumbline/pipeline/scenarios");
        for (String file : List.of("exposures.csv", "events.csv", "plumbline.yml")) {
            Files.copy(given.resolve(file), folder.resolve(file));
        }
        assertThat(terminal().run("run", "--date", "2026-01-03").code()).isZero();
    }

    @Test
    void a_breakdown_stands_below_the_whole_and_others_are_left_out() {
        Terminal.Ended ended = terminal().run("analyze", "scenarios", "--metric", "purchases", "--by", "country");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("\nBy country\n").doesNotContain("\nBy browser\n");
        Terminal.Ended csv =
                terminal().run("analyze", "scenarios", "--metric", "purchases", "--by", "country", "--output", "csv");
        assertThat(csv.out()).contains(",country,DE,").doesNotContain(",browser,");
    }

    @Test
    void a_condition_is_printed_with_the_results() {
        String[] words = {"analyze", "scenarios", "--metric", "revenue", "--where", "browser = 'chrome'"};
        Terminal.Ended ended = terminal().run(words);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("only units where browser = 'chrome'\nscenarios as of 2026-01-03\n");
        Terminal.Ended json =
                terminal().run("analyze", "scenarios", "--where", "browser = 'chrome'", "--output", "json");
        assertThat(json.out()).contains("\"where\":\"browser = 'chrome'\"");
    }

    @Test
    void a_breakdown_that_is_not_there_is_answered_with_those_that_are() {
        Terminal.Ended ended = terminal().run("analyze", "scenarios", "--by", "region");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("no breakdown is named 'region'; there are browser, country")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "country = 'DE'          | 'country' is not a property of the exposures; there are browser",
                "browser = 'x' AND b = 1 | 'b' is not a property of the exposures; there are browser",
                "browser =               | the end ",
                "browser = 'x'; DROP     | ';'",
                "count(browser) > 1      | is an aggregate",
                "browser = (SELECT 1)    | is a sub-query",
                "browser                 | condition \"browser\": ",
            })
    void a_condition_that_cannot_be_used_is_one_line_of_wrong_use(String condition, String complaint) {
        Terminal.Ended ended = terminal().run("analyze", "scenarios", "--where", condition);
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains(complaint.strip())
                .contains("analyze --help")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"--by, browser", "--where, browser = 'chrome'"})
    void what_is_saved_is_what_runs_save(String option, String value) {
        Terminal.Ended ended = terminal().run("analyze", "scenarios", option, value, "--save");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("--save").hasLineCount(1);
    }

    private static Terminal terminal() {
        return new Terminal(folder).with(spark());
    }
}
