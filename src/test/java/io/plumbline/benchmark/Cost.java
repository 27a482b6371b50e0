package io.plumbline.benchmark;

import java.util.Comparator;
import java.util.List;

/**
 * What some work took. Processor time is that of the whole process: engines in it are included with their own threads, the
 * garbage collector and the compiler.
 *
 * @param cpuSeconds processor time
 * @param wallSeconds elapsed time
 */
record Cost(double cpuSeconds, double wallSeconds) {

    /** Does the work. */
    static Cost of(Runnable work) {
        long cpu = cpuNanos();
        long wall = System.nanoTime();
        work.run();
        return new Cost((cpuNanos() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9);
    }

    Cost minus(Cost other) {
        return new Cost(cpuSeconds - other.cpuSeconds, wallSeconds - other.wallSeconds);
    }

    Cost times(double factor) {
        return new Cost(cpuSeconds * factor, wallSeconds * factor);
    }

    /** The one with the middle processor time. */
    static Cost median(List<Cost> costs) {
        List<Cost> sorted = costs.stream()
                .sorted(Comparator.comparingDouble(Cost::cpuSeconds))
                .toList();
        return sorted.get(sorted.size() / 2);
    }

    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
