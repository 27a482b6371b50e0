package io.plumbline.differential;

import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Random devices that are exposed, users who buy, and logins of both: most devices have one user, some several, some users
 * several devices, some none. Every time stands twice in its file, as a timestamp and in microseconds.
 */
final class IdWorld {

    static final List<String> MODES = List.of("strict", "first_touch", "last_touch");
    static final List<String> METRICS =
            List.of("orders_made", "spent", "in_window", "items", "active", "capped", "clicks_made", "order_size");

    private static final int DEVICES = 90;

    private final World world;
    private final Dice dice;
    private final List<List<Long>> exposed = new ArrayList<>();

    private IdWorld(World world) {
        this.world = world;
        this.dice = new Dice(world.seed() + 4000);
    }

    static IdWorld of(long seed) {
        return new IdWorld(World.of(seed));
    }

    World world() {
        return world;
    }

    static String crossover(String mode) {
        return mode.equals("last_touch") ? "first_group" : "exclude";
    }

    /** Writes the files and {@code plumbline.yml}, and loads it. */
    Project write(Path folder) {
        try {
            Files.writeString(folder.resolve("exposures.csv"), exposures());
            Files.writeString(folder.resolve("logins.csv"), logins());
            Files.writeString(folder.resolve("orders.csv"), orders());
            Files.writeString(folder.resolve("clicks.csv"), clicks());
            Files.writeString(folder.resolve("plumbline.yml"), definitions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ProjectLoader.load(folder, Map.of(), new SparkGrammar());
    }

    private String exposures() {
        StringBuilder rows = new StringBuilder("device,grp,at,us\n");
        long shared = world.instant(dice, world.day(0), world.day(2));
        for (int device = 0; device < DEVICES; device++) {
            List<Long> times = new ArrayList<>();
            String group = dice.of(List.of("a", "b"));
            for (int row = dice.between(1, 2); row > 0; row--) {
                long at = dice.chance(0.15) ? shared : world.instant(dice, world.day(0), world.lastDay());
                times.add(at);
                rows.append(line("d" + device, dice.chance(0.06) ? "a" : group, at));
            }
            exposed.add(times);
        }
        return rows.toString();
    }

    private String logins() {
        StringBuilder rows = new StringBuilder("device,usr,at,us\n");
        for (int device = 0; device < DEVICES + 5; device++) {
            int users = dice.of(List.of(0, 1, 1, 1, 1, 1, 1, 2, 3));
            for (int i = 0; i < users; i++) {
                int user = i == 0 && dice.chance(0.8) ? device : dice.below(DEVICES);
                for (int row = dice.between(1, 3); row > 0; row--) {
                    long at = world.instant(dice, world.day(0).minusDays(1), world.lastDay());
                    rows.append(line("d" + device, dice.chance(0.05) ? "" : "u" + user, at));
                }
            }
        }
        for (int i = 0; i < 5; i++) {
            rows.append(line("", "u" + i, world.instant(dice, world.day(0), world.lastDay())));
        }
        return rows.toString();
    }

    private String orders() {
        StringBuilder rows = new StringBuilder("usr,at,us,amount,item\n");
        for (int order = 0; order < DEVICES * 8; order++) {
            int user = dice.below(DEVICES);
            String name = dice.chance(0.03) ? "" : "u" + user;
            rows.append(name + "," + time(instant(user)) + "," + dice.between(0, 50) + ",i" + dice.below(6) + "\n");
        }
        return rows.toString();
    }

    private String clicks() {
        StringBuilder rows = new StringBuilder("device,at,us\n");
        for (int click = 0; click < DEVICES * 3; click++) {
            int device = dice.below(DEVICES);
            rows.append("d" + device + "," + time(instant(device)) + "\n");
        }
        return rows.toString();
    }

    /** Often an edge of the device that is probably the user's, or a microsecond beside it. */
    private long instant(int device) {
        if (dice.chance(0.3)) {
            long edge = dice.of(exposed.get(device)) + dice.of(List.of(0L, 12L, 36L)) * 3_600_000_000L;
            return edge + dice.of(List.of(-1L, 0L, 0L, 1L));
        }
        return world.instant(dice, world.day(0), world.lastDay());
    }

    private static String line(String device, String other, long at) {
        return device + "," + other + "," + time(at) + "\n";
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS) + "," + micros;
    }

    private String definitions() {
        StringBuilder text = new StringBuilder("""
                version: 1
                project: ids
                time_zone: "%s"
                unit_types: [device, usr]
                metric_sources:
                  - {name: orders, path: orders.csv, format: csv, options: &header {header: "true"}, schema: "usr STRING, at TIMESTAMP, us BIGINT, amount DOUBLE, item STRING", timestamp: at, units: {usr: usr}}
                  - {name: clicks, path: clicks.csv, format: csv, options: *header, schema: "device STRING, at TIMESTAMP, us BIGINT", timestamp: at, units: {device: device}}
                  - {name: logins, path: logins.csv, format: csv, options: *header, schema: "device STRING, usr STRING, at TIMESTAMP, us BIGINT", timestamp: at, units: {device: device, usr: usr}}
                metrics:
                  - {name: orders_made, type: count, source: orders}
                  - {name: spent, type: sum, source: orders, value: amount}
                  - {name: in_window, type: sum, source: orders, value: amount, cohort_window: {from: 12h, to: 36h}}
                  - {name: items, type: count_distinct, source: orders, value: item}
                  - {name: active, type: unit_count, rollup: daily_participation, source: orders}
                  - {name: capped, type: sum, source: orders, value: amount, cap: 40}
                  - {name: clicks_made, type: count, source: clicks}
                  - {name: order_size, type: mean, source: orders, value: amount}
                assignment_sources:
                """.formatted(world.zone().getId()));
        MODES.forEach(mode -> text.append("  - {name: " + mode
                + ", path: exposures.csv, format: csv, options: {header: "
                + "\"true\"}, schema: \"device STRING, grp STRING, at TIMESTAMP, us BIGINT\", timestamp: at, columns: "
                + "{experiment: \"'" + mode + "'\"}, experiment: experiment, group: grp, units: {device: device}}\n"));
        text.append("experiments:\n");
        MODES.forEach(mode -> text.append("  - {name: " + mode + ", assignment_source: " + mode
                + ", unit: device, start: " + world.day(0)
                + ", groups: [{name: a, control: true}, {name: b}], crossover: "
                + crossover(mode) + ", views: [cumulative], metrics: {primary: " + METRICS
                + "}, id_resolution: {source: logins, mode: " + mode + "}}\n"));
        return text.toString();
    }
}
