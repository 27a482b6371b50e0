package io.plumbline.unittotal;

import io.plumbline.metric.Aggregate;
import io.plumbline.metric.Rollup;
import io.plumbline.plan.UnitTotal;
import io.plumbline.unitday.StateFold;
import io.plumbline.unitday.States;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * How a total is read from rows of unit-days, and which columns it has. Travels to the executors.
 *
 * @param kind what becomes of the days
 * @param aggregate of the component
 * @param span number of its span among those of all totals
 * @param beforeExposure whether its days are counted from the first day of covariates, and not from exposure
 * @param component index of the component
 * @param inputs how many parts its state has
 * @param outputs how many columns the total has
 * @param cap what a day is limited to
 */
record TotalReading(
        Kind kind,
        Aggregate aggregate,
        int span,
        boolean beforeExposure,
        int component,
        int inputs,
        int outputs,
        double cap)
        implements Serializable {

    /** What becomes of the days. */
    enum Kind {
        /** States are merged. */
        MERGED,
        /** Days with rows are remembered: {@link ActiveDays}. */
        DAYS,
        /** Days are limited and added up: {@link CappedDays}. */
        CAPPED
    }

    static Kind kind(UnitTotal total) {
        if (total.cap().isPresent()) {
            return Kind.CAPPED;
        }
        return total.kept() == Rollup.Kept.DAYS ? Kind.DAYS : Kind.MERGED;
    }

    /** The columns of a total. */
    static List<StructField> columns(UnitTotal total, ViewDays days) {
        return switch (kind(total)) {
            case DAYS ->
                ActiveDays.columns(total, days.count(total)).stream()
                        .map(name -> DataTypes.createStructField(name, DataTypes.LongType, true))
                        .toList();
            case MERGED, CAPPED ->
                States.parts(total.aggregate()).stream()
                        .map(part -> DataTypes.createStructField(
                                total.column(part.name()), StateFold.type(total.aggregate(), part), true))
                        .toList();
        };
    }

    /** A new total of one unit. */
    UnitSum sum() {
        return switch (kind) {
            case MERGED -> new MergedStates(this);
            case DAYS -> new ActiveDays.Bitmap(this);
            case CAPPED -> new CappedDays(this);
        };
    }

    /** Adds up the rows of one unit. */
    interface UnitSum {

        /**
         * Adds what a row has of the component.
         *
         * @param state its parts
         * @param day of the row, counted from 0
         */
        void add(Object[] state, int day);

        /** Writes the total's columns, from an index on. */
        void write(Object[] columns, int from);
    }

    private static final class MergedStates implements UnitSum {

        private final StateFold[] parts;

        private MergedStates(TotalReading reading) {
            this.parts = new StateFold[reading.inputs()];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = StateFold.of(reading.aggregate());
            }
        }

        @Override
        public void add(Object[] state, int day) {
            for (int i = 0; i < parts.length; i++) {
                parts[i].add(state[i]);
            }
        }

        @Override
        public void write(Object[] columns, int from) {
            for (int i = 0; i < parts.length; i++) {
                columns[from + i] = parts[i].result();
            }
        }
    }
}
