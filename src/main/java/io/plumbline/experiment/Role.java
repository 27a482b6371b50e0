package io.plumbline.experiment;

import java.util.Locale;

/** What a metric is for in an experiment. */
public enum Role {
    /** Decides the experiment. */
    PRIMARY,
    /** Helps to understand it. */
    SECONDARY,
    /** Must not get worse. */
    GUARDRAIL;

    /** As written in definitions and tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
