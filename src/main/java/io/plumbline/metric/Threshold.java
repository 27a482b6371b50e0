package io.plumbline.metric;

/**
 * Turns a unit total into 1 or 0.
 *
 * @param kind whether the limit itself counts
 * @param limit in the unit of the value
 */
public record Threshold(Kind kind, double limit) {

    /** Whether the limit itself counts. */
    public enum Kind {
        AT_LEAST,
        MORE_THAN
    }
}
