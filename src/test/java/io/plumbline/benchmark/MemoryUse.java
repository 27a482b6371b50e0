package io.plumbline.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Watches, from its making to its closing, what is alive in the heap (as of the last collection of each pool, looked at
 * whenever a task ends) and what tasks spill to disk.
 */
final class MemoryUse extends SparkListener implements AutoCloseable {

    private final SparkContext context;
    private final AtomicLong peak = new AtomicLong();
    private final AtomicLong spilled = new AtomicLong();

    MemoryUse(SparkContext context) {
        this.context = context;
        context.addSparkListener(this);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        long alive = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        peak.accumulateAndGet(alive, Math::max);
        if (end.taskMetrics() != null) {
            spilled.addAndGet(end.taskMetrics().diskBytesSpilled());
        }
    }

    /** The most bytes that were alive. */
    long peak() {
        return peak.get();
    }

    /** Bytes that tasks have written to disk because memory was short. */
    long spilled() {
        return spilled.get();
    }

    @Override
    public void close() {
        context.removeSparkListener(this);
    }
}
