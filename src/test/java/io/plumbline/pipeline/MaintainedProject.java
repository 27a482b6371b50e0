package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.StoredTables;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.source.SparkGrammar;
import io.plumbline.unitday.Layers;
import io.plumbline.warehouse.Commit;
import io.plumbline.warehouse.Loads;
import io.plumbline.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A small project whose metrics come and go, and what its tables hold. */
final class MaintainedProject {

    static final LocalDate DAY = LocalDate.parse("2026-01-02");
    static final String UNIT_DAYS = "unit_day__events__user";

    private static final String DEFINITIONS = """
            version: 1
            project: upkeep
            warehouse: ./tables
            unit_types: [user]
            settings: {breakdown_min_units: 1}
            metric_sources:
              - {name: events, path: events, format: csv, options: &header {header: "true"}, schema: "user STRING, at TIMESTAMP, event STRING, amount DOUBLE", timestamp: at, units: {user: user}}
              - {name: extra, path: events, format: csv, options: *header, schema: "user STRING, at TIMESTAMP, event STRING, amount DOUBLE", timestamp: at, units: {user: user}}
            assignment_sources:
              - {name: exposures, path: exposures.csv, format: csv, options: *header, schema: "arm STRING, user STRING, at TIMESTAMP", timestamp: at, columns: {experiment: "'test'"}, experiment: experiment, group: arm, units: {user: user}}
            experiments:
              - {name: test, assignment_source: exposures, unit: user, start: 2026-01-01,
                 groups: [{name: a, control: true}, {name: b}], metrics: {primary: [amount, first_day]}}
            metrics:
              - {name: amount, type: sum, value: amount, source: events}
              - {name: first_day, type: count, source: events, cohort_window: {to: 20h}}
              - {name: visits, type: count, source: events, filters: [{column: event, op: eq, values: [visit]}]}
              - {name: buys, type: count, source: events, filters: [{column: event, op: eq, values: [buy]}]}
            """;

    /** A metric that comes and goes. */
    static final String THRICE = "  - {name: thrice, type: sum, value: amount * 3, source: events}\n";

    private static final String EXTRA = "  - {name: extra, type: count, source: extra}\n";

    /** One metric of every kind of state. */
    private static final String OTHERS = """
              - {name: rows, type: count, source: events, breakdowns: [event], filters: [{column: event, op: in, values: [buy, visit]}]}
              - {name: average, type: mean, value: amount, source: events}
              - {name: different, type: count_distinct, value: event, source: events}
              - {name: about, type: count_distinct, value: event, approximate: true, source: events}
              - {name: least, type: min, value: amount, source: events}
              - {name: most, type: max, value: amount, source: events}
              - {name: first, type: first_value, value: amount, source: events}
              - {name: latest, type: latest_value, value: amount, source: events}
              - {name: median, type: percentile, percentile: 0.5, value: amount, source: events}
              - {name: buying, type: unit_count, rollup: latest_value, source: events, filters: [{column: event, op: eq, values: [buy]}]}
              - name: bought
                type: funnel
                steps:
                  - {name: visit, source: events, filters: [{column: event, op: eq, values: [visit]}]}
                  - {name: buy, source: events, filters: [{column: event, op: eq, values: [buy]}]}
            """;

    /** The definitions before the change, but for the metric that goes. */
    static final String BEFORE = DEFINITIONS + EXTRA;

    /** The definitions after the change: a metric has gone, many have come. */
    static final String NOW =
            DEFINITIONS.replace("[amount, first_day]", "[amount, first_day], secondary: [" + names() + "]")
                    + OTHERS
                    + EXTRA;

    private final SparkSession spark;
    private final Path folder;
    private String text = BEFORE;
    private Plumbline plumbline;

    MaintainedProject(SparkSession spark, Path folder) {
        this.spark = spark;
        this.folder = folder;
        arrive("1.csv", """
                ann,2026-01-01T12:00:00Z,visit,1
                ann,2026-01-01T14:00:00Z,buy,2.5
                ann,2026-01-02T09:00:00Z,buy,4
                bob,2026-01-01T13:00:00Z,visit,8
                bob,2026-01-02T13:00:00Z,buy,0.1
                cid,2026-01-01T15:00:00Z,visit,3
                cid,2026-01-02T05:00:00Z,visit,NaN
                dan,2026-01-02T16:00:00Z,buy,7
                ,2026-01-02T16:00:00Z,buy,7
                """);
        write("exposures.csv", """
                arm,user,at
                a,ann,2026-01-01T13:00:00Z
                b,bob,2026-01-01T11:00:00Z
                a,cid,2026-01-01T10:00:00Z
                b,dan,2026-01-02T10:00:00Z
                """);
        this.plumbline = open(BEFORE);
    }

    Plumbline plumbline() {
        return plumbline;
    }

    /** Goes on with other definitions. */
    void define(String definitions) {
        text = definitions;
        plumbline = open(definitions);
    }

    /** The definitions that it goes on with. */
    String text() {
        return text;
    }

    private static String names() {
        return OTHERS.lines()
                .filter(line -> line.startsWith("  - "))
                .map(line -> line.replaceAll(".*?name: (\\w+).*", "$1"))
                .collect(Collectors.joining(", "));
    }

    MaintenanceReport maintain(Retention retention, Maintenance.Unused unused) {
        return plumbline.maintenance().perform(retention, unused, Progress.NONE);
    }

    /** Components that are recorded, without some. */
    Set<String> added(Set<String> kept) {
        Set<String> added = definitions();
        added.removeAll(kept);
        return added;
    }

    /** Takes components out of the loads, and leaves the table as it is: what a maintenance does first. */
    void forget(Set<String> components) {
        SparkSession session = plumbline.table("loads").sparkSession();
        new Loads(session, new Warehouse(session, new Project.Warehouse.Folder(plumbline.location())))
                .forget("events", components, new Commit("killed", DAY, "", ""));
    }

    Map<String, List<String>> tables() {
        return StoredTables.of(plumbline, "ds = DATE'" + DAY + "'", "true");
    }

    List<String> layers() {
        return plumbline.table(UNIT_DAYS).select("layer").distinct().collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    /** Components that some row has data of. */
    Set<String> held() {
        return Layers.held(plumbline.table(UNIT_DAYS)).stream()
                .map(Layers.Held::component)
                .collect(Collectors.toSet());
    }

    Set<String> definitions() {
        return plumbline.table("loads").filter("source = 'events'").collectAsList().stream()
                .flatMap((Row row) ->
                        Arrays.stream(row.<String>getAs("definitions").split(",")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static List<String> chores(List<Chore> chores) {
        return chores.stream()
                .map(chore -> chore.action().label() + " " + chore.table() + ": " + chore.detail())
                .toList();
    }

    int files() {
        return allTables().stream()
                .mapToInt(table -> plumbline.table(table).inputFiles().length)
                .sum();
    }

    /** The number of commits of every table. */
    Map<String, Long> versions() {
        Map<String, Long> versions = new TreeMap<>();
        for (String table : allTables()) {
            try (var log = Files.list(folder.resolve("tables/" + table + "/_delta_log"))) {
                versions.put(
                        table,
                        log.filter(file -> file.toString().endsWith(".json")).count());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return versions;
    }

    private List<String> allTables() {
        try (var tables = Files.list(folder.resolve("tables"))) {
            return tables.map(table -> table.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> reads(RunReport report) {
        return report.steps().stream()
                .filter(step -> step.name().equals("unit-days"))
                .map(StepReport::detail)
                .toList();
    }

    /** All tables, and what is said of loads, are those of a warehouse that reads everything at once. */
    void assertAsFromScratch() {
        assertAsFromScratch("true");
    }

    /** The same for the rows that meet a condition. */
    void assertAsFromScratch(String condition) {
        Map<String, List<String>> tables = StoredTables.of(plumbline, condition, "true");
        List<String> loads = StoredTables.rows(plumbline, "loads", "true");
        LocalDate last = LocalDate.parse(
                plumbline.table("runs").selectExpr("string(max(as_of))").head().getString(0));
        Plumbline fresh = open(text.replace("./tables", "./fresh" + System.nanoTime()));
        fresh.backfill(DAY.minusDays(1), last, Progress.NONE);
        StoredTables.assertSame(tables, StoredTables.of(fresh, condition, "true"));
        assertThat(loads).isEqualTo(StoredTables.rows(fresh, "loads", "true"));
        define(text);
    }

    RunReport run(LocalDate day) {
        RunReport report = plumbline.run(day, Progress.NONE);
        assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK, report.toString());
        return report;
    }

    Plumbline open(String definitions) {
        write("plumbline.yml", definitions);
        return Plumbline.on(spark, ProjectLoader.load(folder, Map.of(), new SparkGrammar()));
    }

    /** A file with events comes or, if there is one of that name, is written anew. */
    void arrive(String name, String rows) {
        write("events/" + name, "user,at,event,amount\n" + rows);
    }

    private void write(String name, String text) {
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
