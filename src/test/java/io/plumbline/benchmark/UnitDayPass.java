package io.plumbline.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import io.plumbline.plan.RunPlan;
import io.plumbline.plan.SourcePlan;
import io.plumbline.source.DayRange;
import io.plumbline.source.Sources;
import io.plumbline.unitday.UnitDays;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What it takes to make the unit-days of a day, by number of metrics, beside what it takes to read the day. */
final class UnitDayPass {

    private static final String SCAN = "scan";
    private static final String FLOOR = "floor";

    private final SparkSession spark;
    private final ShopData data;
    private final Path folder;
    private final LocalDate day;
    private final Map<String, Cost> costs = new LinkedHashMap<>();

    UnitDayPass(SparkSession spark, ShopData data, Path folder, LocalDate day) {
        this.spark = spark;
        this.data = data;
        this.folder = folder;
        this.day = day;
    }

    /** Times everything in rounds, the first of which only warms up. */
    UnitDayPass measured(int rounds, int... metrics) {
        Map<String, Supplier<Dataset<Row>>> works = new LinkedHashMap<>();
        works.put(SCAN, this::scan);
        works.put(FLOOR, () -> rows(plan(1)).groupBy("unit").agg(sum("value")));
        for (int m : metrics) {
            SourcePlan plan = plan(m);
            works.put(label(m), () -> UnitDays.of(plan, rows(plan), noEdges()));
        }
        Map<String, List<Cost>> all = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            boolean counts = round > 0;
            works.forEach((name, work) -> {
                Cost cost = Cost.of(() ->
                        work.get().write().format("noop").mode("overwrite").save());
                if (counts) {
                    all.computeIfAbsent(name, key -> new ArrayList<>()).add(cost);
                }
            });
        }
        all.forEach((name, some) -> costs.put(name, Cost.median(some)));
        return this;
    }

    Cost scanned() {
        return cost(SCAN);
    }

    /** The sum of one column by unit: less than that, no table by unit can cost. */
    Cost summed() {
        return cost(FLOOR);
    }

    Cost of(int metrics) {
        return cost(label(metrics));
    }

    private Cost cost(String name) {
        Cost cost = costs.get(name);
        if (cost == null) {
            throw new IllegalArgumentException(name + " was not measured");
        }
        return cost;
    }

    private static String label(int metrics) {
        return metrics + " metrics";
    }

    private SourcePlan plan(int metrics) {
        List<Question> questions =
                IntStream.range(0, metrics).mapToObj(Question::new).toList();
        PlumblineContender contender =
                new PlumblineContender(spark, data, folder.resolve("pass" + metrics), List.of(), questions);
        SourcePlan plan = RunPlan.daily(contender.project(), day).sources().get("events");
        if (plan == null) {
            throw new IllegalStateException("no plan for events");
        }
        return plan;
    }

    private Dataset<Row> rows(SourcePlan plan) {
        return new Sources(spark, ZoneId.of("UTC")).read(plan.source(), new DayRange(day, day));
    }

    private Dataset<Row> scan() {
        Column[] columns = List.of("unit", "ts", "event", "p30", "value").stream()
                .map(name -> max(col(name)))
                .toArray(Column[]::new);
        return rows(plan(1))
                .groupBy()
                .agg(columns[0], List.of(columns).subList(1, 5).toArray(Column[]::new));
    }

    private Dataset<Row> noEdges() {
        return spark.sql(
                "SELECT '' unit_type, '' unit_id, DATE'2026-01-01' ds, array(TIMESTAMP'2026-01-01') split_at LIMIT 0");
    }
}
