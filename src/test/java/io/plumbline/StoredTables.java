package io.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.pipeline.Plumbline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** The rows of a warehouse as text, bit for bit, in every column but the id of the run. */
public final class StoredTables {

    private static final int SHOWN = 12;
    /** The tables that every project has, without those of runs and loads. */
    public static final List<String> TABLES = List.of(
            "exposures", "experiment_exposures_daily", "experiment_health", "experiment_results", "metric_daily");

    private StoredTables() {}

    /** All tables; {@code exposures} has no day, and so a condition of its own. */
    public static Map<String, List<String>> of(Plumbline plumbline, String condition, String ofExposures) {
        return of(plumbline, TABLES, condition, ofExposures);
    }

    /** Some tables. */
    public static Map<String, List<String>> of(
            Plumbline plumbline, List<String> names, String condition, String ofExposures) {
        Map<String, List<String>> tables = new TreeMap<>();
        names.forEach(
                name -> tables.put(name, rows(plumbline, name, name.equals("exposures") ? ofExposures : condition)));
        return tables;
    }

    /** Those rows of a table that meet a condition, in order. */
    public static List<String> rows(Plumbline plumbline, String table, String condition) {
        return plumbline.table(table).filter(condition).drop("run_id").collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }

    /** Fails with the first rows that only one of the two warehouses has. */
    public static void assertSame(Map<String, List<String>> actual, Map<String, List<String>> expected) {
        List<String> differences = new ArrayList<>();
        expected.forEach((table, rows) -> {
            List<String> others = actual.getOrDefault(table, List.of());
            rows.stream().filter(row -> !others.contains(row)).forEach(row -> differences.add(table + " lacks " + row));
            others.stream().filter(row -> !rows.contains(row)).forEach(row -> differences.add(table + " has " + row));
        });
        assertThat(differences.stream().limit(SHOWN).toList())
                .as("%d differences", differences.size())
                .isEmpty();
    }
}
