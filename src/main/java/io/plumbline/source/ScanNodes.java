package io.plumbline.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.plans.logical.EmptyRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.DataSourceScanExec;
import org.apache.spark.sql.execution.EmptyRelationExec;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.LogicalQueryStage;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.columnar.InMemoryTableScanExec;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.apache.spark.sql.execution.exchange.ReusedExchangeExec;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The scans in executed plans with Spark's metrics of them, each once however many plans it is in: in adaptive stages, also
 * those that were dropped because they turned out to be empty, behind exchanges that are used again, in cached datasets, in
 * sub-queries. Scans of Delta's transaction logs are no scans of a source.
 */
final class ScanNodes {

    private static final String LOG = "/_delta_log";

    private final Map<Long, SparkPlan> byMetric = new ConcurrentHashMap<>();
    private final Predicate<String> own;
    private volatile OptionalLong beginning = OptionalLong.empty();

    /** Takes the scans of all tables but those that are the engine's own, by name or path. */
    ScanNodes(Predicate<String> own) {
        this.own = own;
    }

    /** Of the first plan given: metrics that are older belong to scans that were executed before. */
    void begin(SparkPlan plan) {
        if (beginning.isEmpty()) {
            beginning = OptionalLong.of(metric(plan, "numOutputRows").id());
        }
    }

    void add(SparkPlan plan) {
        Deque<SparkPlan> open = new ArrayDeque<>(List.of(plan));
        while (!open.isEmpty()) {
            SparkPlan node = open.pop();
            if (isScan(node) && places(node).stream().noneMatch(place -> place.contains(LOG) || own.test(place))) {
                byMetric.put(metric(node, "numOutputRows").id(), node);
            }
            open.addAll(below(node));
        }
    }

    /** What the scans have produced by now. */
    ScanCount count() {
        return byMetric.entrySet().stream()
                .filter(scan -> beginning.isEmpty() || scan.getKey() > beginning.getAsLong())
                .map(scan -> new ScanCount(
                        value(scan.getValue(), "numOutputRows"),
                        value(scan.getValue(), "numFiles"),
                        value(scan.getValue(), "filesSize")))
                .reduce(ScanCount.NONE, ScanCount::plus);
    }

    private static boolean isScan(SparkPlan node) {
        return (node instanceof DataSourceScanExec || node instanceof BatchScanExec)
                && node.metrics().contains("numOutputRows");
    }

    /** Name and paths of what is scanned, as far as it has any. */
    private static List<String> places(SparkPlan node) {
        List<String> places = new ArrayList<>();
        if (node instanceof FileSourceScanExec files) {
            all(files.relation().location().rootPaths()).forEach(path -> places.add(path.toString()));
            all(files.tableIdentifier().toList()).forEach(table -> places.add(table.unquotedString()));
        }
        if (node instanceof BatchScanExec batch) {
            places.add(batch.table().name());
        }
        return places;
    }

    private static Collection<SparkPlan> below(SparkPlan node) {
        if (node instanceof AdaptiveSparkPlanExec adaptive) {
            return List.of(adaptive.executedPlan());
        }
        if (node instanceof QueryStageExec stage) {
            return List.of(stage.plan());
        }
        if (node instanceof ReusedExchangeExec reused) {
            return List.of(reused.child());
        }
        if (node instanceof InMemoryTableScanExec cached) {
            return List.of(cached.relation().cachedPlan());
        }
        if (node instanceof EmptyRelationExec empty) {
            return stages(empty.logical());
        }
        List<SparkPlan> below = new ArrayList<>(all(node.children()));
        below.addAll(all(node.subqueries()));
        return below;
    }

    /** The stages that were executed before what stands above them was found to be empty. */
    private static List<SparkPlan> stages(LogicalPlan plan) {
        if (plan instanceof LogicalQueryStage stage) {
            return List.of(stage.physicalPlan());
        }
        if (plan instanceof EmptyRelation empty) {
            return stages(empty.logical());
        }
        return all(plan.children()).stream()
                .flatMap(child -> stages(child).stream())
                .toList();
    }

    private static <T> Collection<T> all(Iterable<T> items) {
        return CollectionConverters.asJavaCollection(items);
    }

    private static SQLMetric metric(SparkPlan node, String name) {
        return node.metrics().apply(name);
    }

    /** Sizes are below zero until they are known. */
    private static long value(SparkPlan node, String name) {
        return node.metrics().contains(name) ? Math.max(0, metric(node, name).value()) : 0;
    }
}
