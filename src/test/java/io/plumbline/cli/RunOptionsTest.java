package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the options of {@code run} is said before Spark starts. */
class RunOptionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            --select metric:chekouts                             | no metric is named 'chekouts'; did you mean 'checkouts'?
            --select metric:checkouts --exclude metric:checkouts | nothing is left of the selection
            --select metric:checkouts --dry-run                  | go with neither --dry-run nor --full-refresh
            --select experiment:ranking_v2                       | nothing of the selection has results as of 2025-01-01
            """)
    void a_part_of_a_run_is_checked_before_anything_is_read(String options, String message) {
        Terminal.Ended ended = new Terminal(Path.of("conf/demo").toAbsolutePath())
                .run(Stream.concat(Stream.of("run", "--date", "2025-01-01"), Stream.of(options.split(" ")))
                        .toArray(String[]::new));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains(message);
    }
}
