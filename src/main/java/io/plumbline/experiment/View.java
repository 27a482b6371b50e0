package io.plumbline.experiment;

import java.util.Locale;

/** Which days a result row is made of. */
public enum View {
    /** From exposure to the as-of day. */
    CUMULATIVE,
    /** The as-of day alone. */
    DAILY,
    /**
     * One result for each local day since the date of exposure, that date being day 0: the rows of that day, over the units
     * whose day is over at the as-of day and within the experiment. On day 0 rows count from the exposure on.
     */
    DAYS_SINCE_EXPOSURE;

    /** As written in definitions and tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
