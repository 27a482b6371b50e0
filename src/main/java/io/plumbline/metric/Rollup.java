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

    /**
     * Days with a row of the first component after which a row of the second follows, on a day from {@code endDays −
     * lengthDays + 1} to {@code endDays} later. Only days of which the last of these is over.
     *
     * @param endDays the last day on which it may follow, counted from the first row's day
     * @param lengthDays number of days on which it may follow, at most {@code endDays}
     */
    record Return(int endDays, int lengthDays) implements Rollup {

        public Return {
            if (lengthDays < 1 || lengthDays > endDays) {
                throw new IllegalArgumentException(
                        "length must be from 1 to end, was " + lengthDays + " with end " + endDays);
            }
        }

        /** The first day on which it may follow. */
        public int firstDay() {
            return endDays - lengthDays + 1;
        }

        @Override
        public Kept kept() {
            return Kept.DAYS;
        }
    }

    /**
     * Days with a row of which the day {@code endDays} later is over.
     *
     * @param endDays 1 or more
     */
    record CompleteStarts(int endDays) implements Rollup {

        @Override
        public Kept kept() {
            return Kept.DAYS;
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
