package io.plumbline.analysis;

import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.IdResolution;
import io.plumbline.exposure.ExposureCount;
import io.plumbline.exposure.IdCount;
import java.util.List;
import java.util.Locale;

/**
 * Check {@code id_resolution} of an experiment: the share of the units with a pair of ids that are left out, or that lost
 * an event id to another unit. Units without any pair are counted in the detail: they are no loss of the resolution, and
 * many of them say that events are not known by the exposed id at all.
 */
public final class IdChecks {

    /** One in twenty: shared devices and second accounts are seldom more common, so a larger share asks for a look. */
    private static final double WARN = 0.05;

    /** One in five: those that are left no longer stand for the units that were randomized. */
    private static final double ALERT = 0.2;

    private IdChecks() {}

    /**
     * The check of one experiment that resolves ids.
     *
     * @param counts daily exposures
     */
    public static HealthCheck of(Experiment experiment, List<ExposureCount> counts, IdCount ids) {
        double share = ids.paired() == 0 ? 0 : (double) ids.losing() / ids.paired();
        HealthCheck.Status status = share > ALERT
                ? HealthCheck.Status.ALERT
                : share > WARN ? HealthCheck.Status.WARN : HealthCheck.Status.OK;
        IdResolution resolution = experiment.idResolution().orElseThrow();
        String fate = resolution.mode() == IdResolution.Mode.STRICT
                ? "have ids that are not 1:1 and are left out"
                : "lost an event id to another unit";
        String detail = String.format(
                Locale.ROOT,
                "%d of %d units with a pair of ids %s; %d units have no pair and count as zero;"
                        + " %d event ids, one of them with %d units at most",
                ids.losing(),
                ids.paired(),
                fate,
                able(experiment, counts) - ids.paired(),
                ids.eventIds(),
                ids.mostUnits());
        return new HealthCheck(experiment.name(), "id_resolution", null, share, Double.NaN, status, detail);
    }

    /** The units that take part in the resolution. */
    private static long able(Experiment experiment, List<ExposureCount> counts) {
        return counts.stream()
                .filter(count -> count.experiment().equals(experiment.name()))
                .mapToLong(count -> count.analysed(experiment.crossover()) + count.dropped())
                .sum();
    }
}
