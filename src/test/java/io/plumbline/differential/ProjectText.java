package io.plumbline.differential;

import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A random project as definitions. */
record ProjectText(World world, List<MetricCase> metrics, List<Trial> trials) {

    /** A project with every metric. */
    static ProjectText whole(World world) {
        return of(world, 1);
    }

    /** A project with every {@code share}-th of the metrics; neighbouring seeds have the others. */
    static ProjectText of(World world, int share) {
        Dice dice = new Dice(world.seed() + 1000);
        List<MetricCase> all = MetricCases.of(dice);
        List<MetricCase> metrics = IntStream.range(0, all.size())
                .filter(i -> (i + world.seed()) % share == 0)
                .mapToObj(all::get)
                .toList();
        return new ProjectText(world, metrics, Trial.of(world, dice, metrics));
    }

    /** A project of distinct values, single values and latest rows, each different from seed to seed. */
    static ProjectText ofValues(World world, int variants) {
        Dice dice = new Dice(world.seed() + 3000);
        List<MetricCase> metrics = ValueCases.of(dice, variants);
        return new ProjectText(world, metrics, Trial.of(world, dice, metrics));
    }

    ProjectText with(List<MetricCase> otherMetrics, List<Trial> otherTrials) {
        return new ProjectText(world, otherMetrics, otherTrials);
    }

    /** Writes {@code plumbline.yml} into a folder and loads it; tables are written into the folder too. */
    Project load(Path folder, Path data) {
        write(folder, data);
        return ProjectLoader.load(folder, Map.of(), new SparkGrammar());
    }

    /** Writes {@code plumbline.yml} into a folder, to which a test may add files. */
    void write(Path folder, Path data) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("plumbline.yml"), beforeDefinitions(data) + definitions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings and sources. */
    String beforeDefinitions(Path data) {
        return settings() + sources(data);
    }

    private String settings() {
        return "version: 1\nproject: random\ntime_zone: \"" + world.zone() + "\"\nwarehouse: ./warehouse\n"
                + "unit_types: [user_id, device_id]\nsettings: {winsorize_relative_error: 0, breakdown_top_values: 1000, breakdown_min_units: 1}\n";
    }

    private String sources(Path data) {
        World.Layout layout = world.layout();
        String partition = layout == World.Layout.NONE ? "" : "    date_partition: ds\n";
        String zone = layout.isUtc() ? "    date_partition_zone: UTC\n" : "";
        return """
                metric_sources:
                  - name: events
                    path: "%1$s/events"
                    format: parquet
                    timestamp: happened_at
                %2$s    units: {user_id: user_id, device_id: device_id}
                  - name: payments
                    path: "%1$s/payments"
                    format: parquet
                    timestamp: paid_at
                    units: {user_id: user_id, device_id: device_id}
                %3$s
                assignment_sources:
                  - name: exposures
                    path: "%1$s/exposures"
                    format: parquet
                    timestamp: exposed_at
                    experiment: experiment
                    group: arm
                    units: {user_id: user_id, device_id: device_id}
                    properties: [platform, home]
                """.formatted(data, partition + zone, visits(data));
    }

    /** Days as a CSV file with dates, or as timestamps of which only the local date counts. */
    private String visits(Path data) {
        String units = "    units: {user_id: user_id}\n    timestamp_as_date: true\n    timestamp: day\n";
        if (world.seed() % 2 == 0) {
            return "  - name: visits\n    path: \"" + data + "/visits.csv\"\n    format: csv\n"
                    + "    options: {header: \"true\", quote: \"\\\"\", escape: \"\\\"\", nanValue: nan, positiveInf: inf, negativeInf: -inf}\n"
                    + "    schema: user_id STRING, day DATE, minutes DOUBLE, country STRING\n" + units;
        }
        return "  - name: visits\n    path: \"" + data + "/visits\"\n    format: parquet\n" + units;
    }

    private String definitions() {
        String heading = metrics.isEmpty() ? "" : "metrics:\n";
        return heading + metrics.stream().map(MetricCase::yaml).collect(Collectors.joining()) + "experiments:\n"
                + trials.stream().map(Trial::yaml).collect(Collectors.joining());
    }
}
