package io.plumbline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.plumbline.FaultySources;
import io.plumbline.InterpretingTest;
import io.plumbline.metric.DatePartition;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.FileFormat;
import io.plumbline.metric.Info;
import io.plumbline.metric.Location;
import io.plumbline.metric.MetricSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A source that cannot be read says why in one line: which file, column or value, and what to do. */
class BrokenSourcesTest extends InterpretingTest {

    private static final LocalDate DAY = LocalDate.parse("2026-01-02");
    private static final String SCHEMA =
            "user STRING, at TIMESTAMP, amount DOUBLE, whole INT, experiment STRING, arm STRING";

    /**
     * What happens to a source.
     *
     * @param says parts of the line
     */
    private record Fault(
            String source, FileFormat format, BiConsumer<FaultySources, String> breaks, List<String> says) {
        @Override
        public String toString() {
            return source;
        }
    }

    private static Fault fault(
            String source, FileFormat format, BiConsumer<FaultySources, String> breaks, String... says) {
        return new Fault(source, format, breaks, List.of(says));
    }

    @TempDir
    static Path folder;

    private static FaultySources sources;

    @BeforeAll
    static void write() throws IOException {
        sources = new FaultySources(spark(), folder);
    }

    static Stream<Fault> faults() {
        return Stream.of(
                fault("end_cut", FileFormat.PARQUET, (all, name) -> all.cut(name, 0.9), "/part-", "cannot be read ("),
                fault("half_cut", FileFormat.PARQUET, (all, name) -> all.cut(name, 0.4), "/part-", "cannot be read ("),
                fault("blanked", FileFormat.PARQUET, FaultySources::blank, "/part-", "cannot be read ("),
                fault("emptied", FileFormat.PARQUET, (all, name) -> all.cut(name, 0), "/part-", "is empty"),
                fault("csv_blanked", FileFormat.CSV, FaultySources::blank, "/part-", "the row"),
                fault("json_cut", FileFormat.JSON, (all, name) -> all.cut(name, 0.7), "/part-", "the row"),
                fault("file_gone", FileFormat.DELTA, FaultySources::deleteFile, "/part-", "is gone; restore it"),
                fault("log_cut", FileFormat.DELTA, FaultySources::garbleLog, "log_cut"),
                fault("table_gone", FileFormat.DELTA, FaultySources::deleteAll, "no Delta table at"),
                fault("folder_gone", FileFormat.PARQUET, FaultySources::deleteAll, "there is nothing at"),
                fault(
                        "day_text",
                        FileFormat.PARQUET,
                        day("CAST(amount AS STRING) AS amount"),
                        "/part-",
                        "column 'amount'"),
                fault(
                        "day_wider",
                        FileFormat.PARQUET,
                        day("CAST(whole AS BIGINT) AS whole"),
                        "/part-",
                        "column 'whole'"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void itSaysWhyInOneLine(Fault fault) {
        String format = fault.format().name().toLowerCase(Locale.ROOT);
        sources.mend(fault.source(), format);
        fault.breaks().accept(sources, fault.source());
        Throwable thrown = catchThrowable(() -> {
            MetricSource source = source(fault);
            new Snapshots(spark(), ZoneId.of("UTC")).of(source, List.of());
            new Sources(spark(), ZoneId.of("UTC"))
                    .read(source, new DayRange(DAY, DAY))
                    .selectExpr("user", "sum(amount) OVER (PARTITION BY user)", "whole")
                    .collectAsList();
        });
        assertThat(thrown).isNotNull();
        assertThat(SparkMessage.of(thrown))
                .contains(fault.says())
                .contains("; ")
                .doesNotContain("\n", "Exception", "SQLSTATE", "[FAILED", "[DELTA")
                .hasSizeLessThan(600);
    }

    private static BiConsumer<FaultySources, String> day(String column) {
        String name = column.substring(column.lastIndexOf(' ') + 1);
        String[] others = Stream.of("user", "at", "amount", "whole")
                .map(other -> other.equals(name) ? column : other)
                .toArray(String[]::new);
        return (all, source) -> all.rewriteDay(source, others);
    }

    private static MetricSource source(Fault fault) {
        Info info = new Info(fault.source(), "", "", List.of(), "sources.yml:3:5");
        boolean text = fault.format() == FileFormat.CSV || fault.format() == FileFormat.JSON;
        return new MetricSource(
                info,
                new Location.Files(
                        folder.resolve(fault.source()).toString(),
                        fault.format(),
                        Map.of(),
                        text ? Optional.of(SCHEMA) : Optional.empty()),
                new EventTime(
                        "at", EventTime.Precision.INSTANT, Optional.of(new DatePartition("ds", Optional.empty()))),
                Map.of("user", "user"),
                Map.of());
    }
}
