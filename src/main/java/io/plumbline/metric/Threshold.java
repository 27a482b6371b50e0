package io.plumbline.metric;

import java.io.Serializable;

/**
 * Turns a unit total into 1 or 0. Travels to the executors.
 *
 * @param kind whether the limit itself counts
 * @param limit in the unit of the value
 */
public record Threshold(Kind kind, double limit) implements Serializable {

    /** Whether the limit itself counts. */
    public enum Kind {
        AT_LEAST,
        MORE_THAN
    }

    /** Whether a value reaches the limit or, as the kind has it, goes beyond. */
    public boolean passes(double value) {
        return switch (kind) {
            case AT_LEAST -> value >= limit;
            case MORE_THAN -> value > limit;
        };
    }
}
