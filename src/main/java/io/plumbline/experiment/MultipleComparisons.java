package io.plumbline.experiment;

import io.plumbline.statistics.Correction;
import java.util.Set;

/**
 * How p-values are corrected where an experiment makes many comparisons.
 *
 * @param correction the method
 * @param over what makes a family of comparisons
 * @param scope whose comparisons are corrected
 */
public record MultipleComparisons(Correction correction, Set<Over> over, Scope scope) {

    /** What makes a family of comparisons: the groups of one metric, the metrics of one group, or with both all of them. */
    public enum Over {
        GROUPS,
        METRICS
    }

    /** Whose comparisons are corrected. */
    public enum Scope {
        /** Those of every metric. */
        ALL,
        /** Those of primary metrics only; the others keep their p-values. */
        PRIMARY
    }

    public MultipleComparisons {
        over = Set.copyOf(over);
        if (over.isEmpty()) {
            throw new IllegalArgumentException("comparisons are corrected over groups, metrics or both");
        }
    }
}
