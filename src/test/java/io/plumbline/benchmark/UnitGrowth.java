package io.plumbline.benchmark;

import io.plumbline.report.TextTable;
import io.plumbline.report.TextTable.Align;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/** The run of a day with once, four and sixteen times the units, in the same heap: what it takes of it. */
final class UnitGrowth {

    private static final List<Integer> FACTORS = List.of(1, 4, 16);

    private final SparkSession spark;
    private final Size size;
    private final Path folder;

    /**
     * Growth from a size on.
     *
     * @param size with once the units
     */
    UnitGrowth(SparkSession spark, Size size, Path folder) {
        this.spark = spark;
        this.size = size;
        this.folder = folder;
    }

    /** A table with a line for each number of units. */
    String text() {
        TextTable table = new TextTable(
                List.of("units", "events a day", "CPU s", "alive MiB", "spilled MiB"),
                List.of(Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.RIGHT));
        FACTORS.forEach(factor -> table.add(line(size.times(factor))));
        return size.experiments() + " experiments with " + size.metrics() + " metrics; " + Report.thisMachine() + "\n\n"
                + String.join("\n", table.lines(Integer.MAX_VALUE)) + "\n";
    }

    /** The last day's run is measured, those before it are not. */
    private List<String> line(Size grown) {
        System.err.println("benchmark: " + grown);
        Path place = folder.resolve(grown.name());
        ShopData data = new ShopData(spark, grown, place.resolve("data"));
        data.write();
        PlumblineContender contender = new PlumblineContender(
                spark,
                data,
                place.resolve("project"),
                grown.experimentNames(),
                IntStream.range(0, grown.metrics()).mapToObj(Question::new).toList());
        contender.run(grown.lastDay().minusDays(1));
        try (MemoryUse memory = new MemoryUse(spark.sparkContext())) {
            Cost cost = Cost.of(() -> contender.run(grown.lastDay()));
            return List.of(
                    number(grown.units()),
                    number(grown.eventsPerDay()),
                    Ratio.number(cost.cpuSeconds()),
                    number(memory.peak() >> 20),
                    number(memory.spilled() >> 20));
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
