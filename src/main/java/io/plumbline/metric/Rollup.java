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
     * All values of the unit, which become one number only together with those of the whole group.
     *
     * @param probability share of the group's values that lie below, between 0 and 1
     */
    record Percentile(double probability) implements Rollup {

        public Percentile {
            if (!(probability > 0 && probability < 1)) {
                throw new IllegalArgumentException("percentile must be between 0 and 1, was " + probability);
            }
        }

        @Override
        public Kept kept() {
            return Kept.STATES;
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
