package io.plumbline.pipeline;

import io.plumbline.definition.Project;
import io.plumbline.metric.MetricSource;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.RunPlan;
import io.plumbline.plan.SourcePlan;
import io.plumbline.warehouse.Commit;
import io.plumbline.warehouse.LoadRecord;
import io.plumbline.warehouse.Loads;
import io.plumbline.warehouse.TableFiles;
import io.plumbline.warehouse.Tables;
import io.plumbline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Keeps the tables of a warehouse small; nothing that is read from them changes. Of each table, in this order: states of
 * components that no metric of the project needs are taken out of unit-days, and out of the loads before, so that they are
 * computed again if a metric needs them again; layers of a day become one; small files become fewer; files that were
 * replaced long ago are removed.
 *
 * <p>Runs may go on meanwhile, if their definitions are the project's: every change is a commit, and one that conflicts with
 * others is tried three times. Killed and started again, it does what is left to do.
 */
public final class Maintenance {

    /** What becomes of tables of sources and unit types that are not defined any more. */
    public enum Unused {
        LEFT,
        REMOVED
    }

    private final Project project;
    private final Warehouse warehouse;
    private final TableFiles files;
    private final Loads loads;

    Maintenance(Project project, SparkSession spark, Warehouse warehouse) {
        this.project = project;
        this.warehouse = warehouse;
        this.files = new TableFiles(spark, warehouse);
        this.loads = new Loads(spark, warehouse);
    }

    /** What would be done, and nothing else. Folding makes files, of which {@code perform} may compact more. */
    public List<Chore> planned(Retention retention, Unused unused) {
        List<Chore> chores = new ArrayList<>();
        Book book = new Book();
        book.tables.forEach((table, source) -> chores.addAll(
                source.isPresent() || isFixed(table)
                        ? planned(table, source, book, retention)
                        : List.of(unused(table, unused))));
        return chores;
    }

    /**
     * Does it, a step per table.
     *
     * @throws io.plumbline.warehouse.ConflictException if others wrote to a table three times meanwhile
     */
    public MaintenanceReport perform(Retention retention, Unused unused, Progress progress) {
        Book book = new Book();
        RunSteps steps = new RunSteps(book.tables.size(), progress);
        List<Chore> done = new ArrayList<>();
        Commit commit = RunRecord.start("maintain", RunPlan.daily(project, LocalDate.now(project.zone())))
                .commit();
        book.tables.forEach((table, source) -> steps.perform("maintain", table, () -> {
            List<Chore> chores = new ArrayList<>();
            if (source.isPresent() || isFixed(table)) {
                perform(table, source, book, retention, commit, chores::add);
            } else {
                chores.add(unused(table, unused));
                if (unused == Unused.REMOVED) {
                    remove(table, commit);
                }
            }
            done.addAll(chores);
            return RunSteps.Outcome.ok(
                    chores.isEmpty()
                            ? "nothing to do"
                            : chores.stream().map(Chore::text).collect(Collectors.joining(", ")));
        }));
        return new MaintenanceReport(done, steps.reports());
    }

    private static boolean isFixed(String table) {
        return !table.startsWith(Tables.UNIT_DAYS);
    }

    private static Chore unused(String table, Unused unused) {
        return unused == Unused.REMOVED
                ? new Chore(Chore.Action.REMOVE, table, "as its source or unit type is not defined any more")
                : new Chore(Chore.Action.LEAVE, table, "although its source or unit type is not defined any more");
    }

    private List<Chore> planned(String table, Optional<String> source, Book book, Retention retention) {
        List<Chore> chores = new ArrayList<>();
        source.ifPresent(name -> chores.addAll(book.layers(table, name).chores()));
        TableFiles.Compaction crowded = files.crowded(table);
        if (crowded.before() > 0) {
            chores.add(new Chore(
                    Chore.Action.COMPACT,
                    table,
                    LayerUpkeep.counted(crowded.before(), "file") + " in "
                            + LayerUpkeep.counted(crowded.after(), "partition")));
        }
        vacuum(table, files.expired(table, retention.kept())).ifPresent(chores::add);
        return chores;
    }

    private void perform(
            String table,
            Optional<String> source,
            Book book,
            Retention retention,
            Commit commit,
            Consumer<Chore> done) {
        source.ifPresent(name -> {
            book.forget(name, commit);
            LayerUpkeep layers = book.layers(table, name);
            layers.perform(commit);
            layers.chores().forEach(done);
        });
        if (files.crowded(table).before() > 0) {
            TableFiles.Compaction compacted = files.compact(table);
            if (compacted.before() > 0) {
                String detail = LayerUpkeep.counted(compacted.before(), "file") + " into " + compacted.after();
                done.accept(new Chore(Chore.Action.COMPACT, table, detail));
            }
        }
        long expired = files.expired(table, retention.kept());
        if (expired > 0) {
            files.vacuum(table, retention.kept());
        }
        vacuum(table, expired).ifPresent(done);
    }

    private static Optional<Chore> vacuum(String table, long expired) {
        return expired == 0
                ? Optional.empty()
                : Optional.of(new Chore(Chore.Action.VACUUM, table, LayerUpkeep.counted(expired, "file")));
    }

    /** The loads first: without them the days are read again, should the source come back. */
    private void remove(String table, Commit commit) {
        int end = table.lastIndexOf("__");
        String source = table.substring(Tables.UNIT_DAYS.length(), end);
        if (project.metricSources().containsKey(source)) {
            loads.forget(source, Set.of(DayCuts.unitType(table.substring(end + 2))), commit);
        } else {
            loads.forget(source, commit);
        }
        files.remove(table);
    }

    /** The tables that there are, and what has been read of their sources. */
    private final class Book {

        /** Name → metric source, if it is a table of unit-days of one that is defined; those that are cut from loads first. */
        private final Map<String, Optional<String>> tables = new LinkedHashMap<>();

        private final LoadBook read;
        private final Set<String> forgotten = new TreeSet<>();
        private final RunPlan everything = RunPlan.everything(project);

        Book() {
            Map<String, String> expected = new LinkedHashMap<>();
            for (MetricSource source : project.metricSources().values()) {
                source.units()
                        .keySet()
                        .forEach(type -> expected.put(
                                Tables.unitDays(source.name(), type, "").name(), source.name()));
            }
            files.unitDays().forEach(table -> tables.put(table, Optional.ofNullable(expected.get(table))));
            Stream.concat(Tables.ALL.stream(), Tables.SOME.stream())
                    .filter(table -> warehouse.exists(table.name()))
                    .forEach(table -> tables.put(table.name(), Optional.empty()));
            read = tables.containsKey(Tables.LOADS.name()) ? new LoadBook(loads) : LoadBook.empty();
        }

        private Map<LocalDate, LoadRecord> loaded(String source) {
            return read.of(LoadRecord.Kind.METRIC_SOURCE, source);
        }

        private List<PlannedComponent> needed(String source) {
            SourcePlan plan = everything.sources().get(source);
            return plan == null ? List.of() : plan.components();
        }

        LayerUpkeep layers(String table, String source) {
            return LayerUpkeep.of(warehouse, table, loaded(source), needed(source));
        }

        /** Takes components that no metric needs out of the loads of a source, before they are taken out of its tables. */
        void forget(String source, Commit commit) {
            Set<String> needed =
                    needed(source).stream().map(PlannedComponent::id).collect(Collectors.toSet());
            Set<String> gone = loaded(source).values().stream()
                    .flatMap(load -> load.definitions().stream())
                    .filter(PlannedComponent::isId)
                    .filter(id -> !needed.contains(id))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!gone.isEmpty() && forgotten.add(source)) {
                loads.forget(source, gone, commit);
            }
        }
    }
}
