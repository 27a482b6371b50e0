package io.plumbline.source;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.QueryExecutionListener;

/**
 * Measures what the queries of a session scan, from the metrics that Spark keeps of every scan that it executes. Every
 * execution counts, also one that failed and a write that is tried again after a conflict; a cached dataset counts in the
 * session that filled it; of a dataset that is collected twice Spark keeps the metrics of the last time. Rows of task attempts that failed are in no metric of Spark's and are not counted.
 *
 * <p>{@link org.apache.spark.sql.Observation} is no measure of this: it keeps what the first execution saw and nothing of a
 * second scan; and it stands above the scan, where filters can no longer be pushed into it, or above the filters, where it
 * sees what they let pass. So this class and {@link ScanNodes} read executed plans, which a session of Spark Connect does
 * not hand out: there, nothing is measured.
 *
 * <p>Spark reports executions after they have ended, in their order. A query over no rows therefore marks the point
 * until which reports have come.
 */
public final class ScanMeter implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final SparkSession session;
    private final Listener listener;

    private ScanMeter(SparkSession session, Listener listener) {
        this.session = session;
        this.listener = listener;
    }

    /**
     * Begins to measure the queries of a session.
     *
     * @param session should be used for nothing else until the meter is closed
     * @param own whether a table, by name or path, is the engine's own, scans of which do not count
     * @return empty where the session does not tell what it executes
     */
    public static Optional<ScanMeter> on(SparkSession session, Predicate<String> own) {
        Listener listener = new Listener(new ScanNodes(own));
        try {
            session.listenerManager().register(listener);
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
        ScanMeter meter = new ScanMeter(session, listener);
        meter.caughtUp();
        return Optional.of(meter);
    }

    /** What was scanned since the meter was made; empty if Spark's reports do not come. */
    public Optional<ScanCount> count() {
        return caughtUp() ? Optional.of(listener.nodes.count()) : Optional.empty();
    }

    /** Waits until everything has been reported that was executed before. */
    private boolean caughtUp() {
        Dataset<Row> mark = session.createDataFrame(List.of(), new StructType().add("mark", "INT"));
        CountDownLatch reported = new CountDownLatch(1);
        listener.marks.put(mark.queryExecution(), reported);
        try {
            mark.collectAsList();
            return reported.await(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            listener.marks.remove(mark.queryExecution());
        }
    }

    @Override
    public void close() {
        session.listenerManager().unregister(listener);
    }

    /** Called by one thread of Spark's, for one execution after the other. */
    private static final class Listener implements QueryExecutionListener {

        private final Map<QueryExecution, CountDownLatch> marks = new ConcurrentHashMap<>();
        private final ScanNodes nodes;

        Listener(ScanNodes nodes) {
            this.nodes = nodes;
        }

        @Override
        public void onSuccess(String function, QueryExecution execution, long nanos) {
            CountDownLatch reported = marks.get(execution);
            if (reported == null) {
                nodes.add(execution.executedPlan());
            } else {
                nodes.begin(execution.executedPlan());
                reported.countDown();
            }
        }

        @Override
        public void onFailure(String function, QueryExecution execution, Exception failure) {
            try {
                nodes.add(execution.executedPlan());
            } catch (Exception e) {
                // Of a query that cannot be resolved there is no plan, and nothing was scanned. Spark would print a
                // trace.
            }
        }
    }
}
