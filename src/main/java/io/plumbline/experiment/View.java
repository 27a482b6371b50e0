package io.plumbline.experiment;

import java.util.Locale;

/** Which days a result row is made of. */
public enum View {
    /** From exposure to the as-of day. */
    CUMULATIVE,
    /** The as-of day alone. */
    DAILY;

    /** As written in definitions and tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
