package io.plumbline.benchmark;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Watches what is alive in the heap after every full collection, and what tasks spill to disk, from its making to its
 * closing.
 */
final class MemoryUse extends SparkListener implements NotificationListener, AutoCloseable {

    private final SparkContext context;
    private final AtomicLong peak = new AtomicLong();
    private final AtomicLong spilled = new AtomicLong();

    MemoryUse(SparkContext context) {
        this.context = context;
        context.addSparkListener(this);
        collectors().forEach(collector -> collector.addNotificationListener(this, null, null));
    }

    private static List<NotificationEmitter> collectors() {
        return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                .map(NotificationEmitter.class::cast)
                .toList();
    }

    @Override
    public void handleNotification(Notification notification, Object nothing) {
        GarbageCollectionNotificationInfo collection =
                GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        if (collection.getGcAction().equals("end of major GC")) {
            long alive = collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                    .filter(pool -> pool.getKey().startsWith("PS "))
                    .map(Map.Entry::getValue)
                    .mapToLong(MemoryUsage::getUsed)
                    .sum();
            peak.accumulateAndGet(alive, Math::max);
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.taskMetrics() != null) {
            spilled.addAndGet(end.taskMetrics().diskBytesSpilled());
        }
    }

    /** The most bytes that were alive after a full collection, 0 if there was none. */
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
        for (NotificationEmitter collector : collectors()) {
            try {
                collector.removeNotificationListener(this);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
