package io.plumbline.unittotal;

import io.plumbline.unitday.StateFold;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The totals that one row of values is made of, as {@link RolledUp} reads them; a total without rows is 0. */
final class PartSums {

    private static final BitSet NO_DAYS = new BitSet();

    private final ExposureReading reading;
    private final List<FunnelReading> funnels;
    private final Row exposure;
    private final @Nullable UnitSum[] sums;
    private final Map<Integer, Optional<double[]>> paths = new HashMap<>();

    PartSums(ExposureReading reading, List<FunnelReading> funnels, Row exposure, @Nullable UnitSum[] sums) {
        this.reading = reading;
        this.funnels = funnels;
        this.exposure = exposure;
        this.sums = sums;
    }

    /** The number that a total stands for. */
    double number(int total) {
        UnitSum sum = sums[total];
        return sum == null ? 0 : sum.number();
    }

    /** The active days of a total. */
    BitSet days(int total) {
        return sums[total] instanceof ActiveDays active ? active.days() : NO_DAYS;
    }

    /** The values of a total, ascending. */
    double[] sorted(int total) {
        return sums[total] instanceof UnitSum.Merged merged && merged.first() instanceof StateFold.Values values
                ? values.sorted()
                : new double[0];
    }

    /** Number of days of a span. */
    int spanDays(int span) {
        return reading.spanDays(exposure, span);
    }

    /** The unit's numbers of a funnel, see {@link FunnelPath#of}; empty if it does not count. */
    Optional<double[]> path(int funnel) {
        return paths.computeIfAbsent(funnel, number -> {
            FunnelReading of = funnels.get(number);
            return FunnelPath.of(of.rule(), moments(of), reading.funnelSpan(exposure, of.precision()));
        });
    }

    private List<FunnelMoment> moments(FunnelReading funnel) {
        List<FunnelMoment> moments = new ArrayList<>();
        for (int total : funnel.totals()) {
            if (sums[total] instanceof UnitSum.Merged merged && merged.first() instanceof StateFold.Moments ofOne) {
                moments.addAll(FunnelMoment.all(ofOne.all()));
            }
        }
        return moments;
    }
}
