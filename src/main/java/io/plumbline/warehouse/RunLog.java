package io.plumbline.warehouse;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the table of runs says of the definitions that runs have computed: column {@code definitions} of {@link Tables#RUNS}. */
public final class RunLog {

    private static final String DEFINITIONS = "definitions";
    private static final char HASHED = '@';

    private final Warehouse warehouse;

    /** The runs of a warehouse. */
    public RunLog(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * A run that has computed something.
     *
     * @param runId identifies it
     * @param command what was run
     * @param definitions name of a definition → its hash; empty where the run knew of it and did not compute it
     */
    public record Entry(String runId, String command, Map<String, String> definitions) {
        public Entry {
            definitions = Map.copyOf(definitions);
        }
    }

    /** Whether some run has ended of which results are there, whatever it says of definitions. */
    public boolean hasResults() {
        return warehouse.exists(Tables.RUNS.name()) && !computed().isEmpty();
    }

    /** Walks over the runs that say what they have computed, the newest first, until all is known that is to be known. */
    public void walk(Predicate<Entry> goesOn) {
        if (!warehouse.exists(Tables.RUNS.name())
                || !List.of(computed().columns()).contains(DEFINITIONS)) {
            return;
        }
        Iterator<Row> rows = computed()
                .filter(col(DEFINITIONS).isNotNull())
                .orderBy(col("ended_at").desc(), col("run_id").desc())
                .select("run_id", "command", DEFINITIONS)
                .toLocalIterator();
        boolean open = true;
        while (open && rows.hasNext()) {
            Row row = rows.next();
            open = goesOn.test(new Entry(row.getString(0), row.getString(1), parsed(row.getString(2))));
        }
    }

    private Dataset<Row> computed() {
        return warehouse
                .read(Tables.RUNS.name())
                .filter(col("status")
                        .isin("ok", "partial")
                        .and(col("command").isin("run", "run --select", "backfill")));
    }

    /** Definitions and hashes as the column holds them. */
    public static String text(Map<String, String> definitions) {
        return new TreeMap<>(definitions)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + (entry.getValue().isEmpty() ? "" : HASHED + entry.getValue()))
                        .collect(Collectors.joining(","));
    }

    private static Map<String, String> parsed(String text) {
        Map<String, String> definitions = new TreeMap<>();
        Arrays.stream(text.split(",")).filter(part -> !part.isEmpty()).forEach(part -> {
            int hashed = part.indexOf(HASHED);
            definitions.put(
                    hashed < 0 ? part : part.substring(0, hashed), hashed < 0 ? "" : part.substring(hashed + 1));
        });
        return definitions;
    }
}
