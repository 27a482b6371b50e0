package io.plumbline.report;

import io.plumbline.analysis.Inferred;
import io.plumbline.analysis.Result;
import io.plumbline.metric.DesiredChange;
import java.util.Locale;
import java.util.Optional;

/** What a comparison says of a metric whose desired direction is known. */
enum Direction {
    /** Significant, in the desired direction. */
    BETTER,
    /** Significant, against the desired direction. */
    WORSE,
    /** Significant and up, where neither way is better. */
    HIGHER,
    /** Significant and down, where neither way is better. */
    LOWER,
    /** Not significant, the control itself, or not computed. */
    NONE;

    static Direction of(Result result, DesiredChange desired) {
        Optional<Inferred> significant = result.inferred().filter(Inferred::significant);
        if (significant.isEmpty()) {
            return NONE;
        }
        boolean up = significant.get().comparison().absolute().value() > 0;
        return switch (desired) {
            case NONE -> up ? HIGHER : LOWER;
            case INCREASE -> up ? BETTER : WORSE;
            case DECREASE -> up ? WORSE : BETTER;
        };
    }

    /** As printed: a word that needs no colour, nothing where nothing is to be said. */
    String label() {
        return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
    }
}
