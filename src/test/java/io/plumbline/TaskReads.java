package io.plumbline;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts the records that tasks read in stages that scan a table or files of a format: the input metrics of Spark's tasks,
 * which know nothing of plans.
 */
public final class TaskReads extends SparkListener implements AutoCloseable {

    private final String scanned;
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
    private final AtomicLong records = new AtomicLong();

    private TaskReads(String scanned) {
        this.scanned = scanned;
    }

    /**
     * Counts from now on, until it is closed.
     *
     * @param scanned a format or, of a table in a catalog, its name, as Spark names scans
     */
    public static TaskReads of(String scanned) {
        TaskReads reads = new TaskReads(scanned);
        SparkTest.spark().sparkContext().addSparkListener(reads);
        return reads;
    }

    /** Records read since the last call. */
    public long records() {
        try {
            SparkTest.spark().sparkContext().listenerBus().waitUntilEmpty();
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
        return records.getAndSet(0);
    }

    @Override
    public void close() {
        SparkTest.spark().sparkContext().removeSparkListener(this);
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
        boolean scans = CollectionConverters.asJava(submitted.stageInfo().rddInfos()).stream()
                .anyMatch(rdd -> rdd.scope()
                        .exists(operation -> operation.name().startsWith("Scan ")
                                && operation.name().contains(scanned)));
        if (scans) {
            stages.add(submitted.stageInfo().stageId());
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (stages.contains(end.stageId()) && end.taskMetrics() != null) {
            records.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
        }
    }
}
