package io.plumbline.analysis;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether an experiment can be trusted in one respect.
 *
 * @param experiment the experiment's name
 * @param name what was checked, for example {@code sample_ratio}
 * @param group the group that it is about; null for the whole experiment
 * @param value the measured number, in the unit that the detail names
 * @param pValue probability of such a value by chance; NaN where there is no test
 * @param status how serious it is
 * @param detail one sentence for people
 */
public record HealthCheck(
        String experiment,
        String name,
        @Nullable String group,
        double value,
        double pValue,
        Status status,
        String detail) {

    /** How serious a check's outcome is. */
    public enum Status {
        OK,
        WARN,
        ALERT;

        /** As written in tables. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
