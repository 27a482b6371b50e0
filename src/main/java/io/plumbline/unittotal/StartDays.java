package io.plumbline.unittotal;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.plumbline.metric.Rollup;
import io.plumbline.plan.UnitTotal;
import java.util.BitSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;

/**
 * Retention from the bitmaps of {@link ActiveDays}: on which days a unit started, and whether it came back. A function over
 * both bitmaps, because the window moves with every start day: as an expression it would be one shift of every word for
 * every day of the window.
 */
final class StartDays {

    private StartDays() {}

    /** Number of start days whose window has ended: DOUBLE. */
    static Column complete(UnitTotal starts, ViewDays days, int endDays) {
        UDF2<Row, Integer, Double> count = (bitmap, last) ->
                (double) bits(bitmap).get(0, Math.max(0, last - endDays + 1)).cardinality();
        return udf(count, DataTypes.DoubleType)
                .apply(ActiveDays.bitmap(starts, days.count(starts)), lastDay(starts, days));
    }

    /** Number of start days whose window has ended with a completion in it: DOUBLE. */
    static Column retained(UnitTotal starts, UnitTotal completions, ViewDays days, Rollup.Return window) {
        int end = window.endDays();
        int length = window.lengthDays();
        UDF3<Row, Row, Integer, Double> count =
                (started, completed, last) -> (double) retained(bits(started), bits(completed), last, end, length);
        return udf(count, DataTypes.DoubleType)
                .apply(
                        ActiveDays.bitmap(starts, days.count(starts)),
                        ActiveDays.bitmap(completions, days.count(completions)),
                        lastDay(starts, days));
    }

    /**
     * Start days with a completion from {@code end − length + 1} to {@code end} days later.
     *
     * @param last the last day that counts; windows that end after it are left out
     */
    static int retained(BitSet starts, BitSet completions, int last, int end, int length) {
        int retained = 0;
        for (int day = starts.nextSetBit(0); day >= 0 && day + end <= last; day = starts.nextSetBit(day + 1)) {
            int completion = completions.nextSetBit(day + end - length + 1);
            if (completion >= 0 && completion <= day + end) {
                retained++;
            }
        }
        return retained;
    }

    /** The last day that counts, in days since exposure. */
    private static Column lastDay(UnitTotal starts, ViewDays days) {
        return ActiveDays.inSpan(starts, days.asOf()).minus(lit(1));
    }

    /** The bitmap as a set of days since exposure. */
    static BitSet bits(Row words) {
        BitSet days = new BitSet();
        for (int word = 0; word < words.size(); word++) {
            int first = word * ActiveDays.BITS;
            BitSet.valueOf(new long[] {words.getLong(word)}).stream().forEach(bit -> days.set(first + bit));
        }
        return days;
    }
}
