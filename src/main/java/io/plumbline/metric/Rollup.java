package io.plumbline.metric;

/** How the unit-days of components become one value per unit. */
public sealed interface Rollup {

    /** What is kept of the days in the window until they become one value. */
    enum Kept {
        /** The components' states, merged. */
        STATES,
        /** On which days since exposure there was a row. */
        DAYS
    }

    /** What is kept of the days. */
    Kept kept();

    /**
     * What a unit completed of a funnel.
     *
     * @param rule when it is completed
     * @param index 1 to n: how often the unit (with sessions: how many of its sessions) completed steps 1 to index;
     *     n + 1: seconds from start to completion, added up over what completed all n
     */
    record FunnelPart(FunnelRule rule, int index) implements Rollup {
        @Override
        public Kept kept() {
            return Kept.STATES;
        }

        /** Whether it counts completions, not seconds. */
        public boolean isCompletion() {
            return index <= rule.steps();
        }
    }

    /** Roll-ups of one component that need nothing else. */
    enum Plain implements Rollup {
        /** The merged state as a number. */
        TOTAL,
        /** 1 if there is any row, else 0. */
        ANY,
        /** Days with a row, divided by the days since exposure, the day of exposure included. */
        ACTIVE_DAY_SHARE;

        @Override
        public Kept kept() {
            return this == ACTIVE_DAY_SHARE ? Kept.DAYS : Kept.STATES;
        }
    }
}
