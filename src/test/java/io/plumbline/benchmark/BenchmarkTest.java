package io.plumbline.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark on next to nothing: all contenders find the same numbers, or it fails. No time is looked at. */
class BenchmarkTest extends SparkTest {

    @TempDir
    Path folder;

    @Test
    void everybodyFindsTheSameNumbersAndTheReportNamesWhatWasMeasured() {
        Size size = new Size("tiny", 4_000, 2_000, 3, 2, 8, 1, 4);

        Report report = new Benchmark(spark(), size, folder).report();

        assertThat(report.ratios())
                .hasSize(14)
                .allSatisfy(ratio -> assertThat(ratio.cpu()).as(ratio.what()).isFinite());
        assertThat(report.text())
                .startsWith("tiny: 12,000 events on 3 days, 2,000 units, 2 experiments with 8 metrics\n");
        assertThat(report.markdown().lines().filter(line -> line.startsWith("| ")))
                .hasSize(15);
        report.write(folder.resolve("report"));
        assertThat(folder.resolve("report/benchmark-tiny.json")).content().contains("\"ratios\": [");
    }

    @Test
    @Tag("slow")
    void growthIsMeasuredInEverythingThatIsNamed() {
        Size size = new Size("tiny", 2_000, 500, 6, 2, 4, 1, 1);

        Report report = new Growth(spark(), size, folder).report();

        assertThat(report.ratios())
                .extracting(Ratio::what)
                .containsExactly(
                        "run of day 6 / of day 3",
                        "events x 4",
                        "metrics x 4",
                        "experiments x 4",
                        "experiments x 4, scorecards alone",
                        "broken down by 1 property, scorecards alone",
                        "broken down by 2 properties, scorecards alone",
                        "1 % late rows of 14 days",
                        "million values of units, by second of scorecards");
        assertThat(report.ratios()).allSatisfy(ratio -> assertThat(ratio.cpu()).isFinite());
    }
}
