package io.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that README.md prints are the ones that continuous integration runs. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Path CI = Path.of(".ci/run");
    private static final int MOST_LINES = 250;

    @ParameterizedTest
    @ValueSource(strings = {"test", "main"})
    void a_named_command_is_one_line_that_starts_a_program_of_the_checkout(String name) throws IOException {
        Pattern block = Pattern.compile("<!-- command: " + name + " -->\n```bash\n(\\S+)[^\n]*\n```\n");
        assertThat(block.matcher(Files.readString(README)).results().map(match -> match.group(1)))
                .singleElement()
                .satisfies(program -> assertThat(Path.of(program)).isExecutable());
        assertThat(CI).content().contains("commands_of " + name);
    }

    @Test
    void the_commands_that_look_at_the_result_all_start_the_launcher() throws IOException {
        Pattern block = Pattern.compile("<!-- command: next -->\n```bash\n((?:jobs/plumbline [^\n]*\n)+)```\n");
        assertThat(block.matcher(Files.readString(README)).results()).hasSize(1);
        assertThat(CI).content().contains("commands_of next");
    }

    @Test
    void nothing_else_in_the_readme_claims_to_be_a_command_of_continuous_integration() throws IOException {
        assertThat(Pattern.compile("<!-- command: (\\S+) -->")
                        .matcher(Files.readString(README))
                        .results()
                        .map(MatchResult::group))
                .hasSize(3);
    }

    @Test
    void the_readme_stays_short() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThan(MOST_LINES);
    }
}
