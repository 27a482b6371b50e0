package io.plumbline.unitday;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * Sums of doubles that do not depend on the order of addition. Spark adds rows in the order in which tasks finish, so a
 * plain sum may differ in its last bits from run to run.
 *
 * <p>Every value is cut in two before it is added: a multiple of 2⁻¹⁶, and the rest, for values of at least 2⁻¹⁰ rounded
 * to a multiple of 2⁻⁶² (an error below half a unit in the last place of a double). Multiples of a power of two add up
 * without rounding as long as the sum fits into 53 bits, hence in any order: high parts up to a total of 2³⁷ ≈ 1.4e11.
 * Larger totals, and smaller values, keep the accuracy of a plain sum but may differ in the last bit. The two sums are
 * added once, at the end. Two native aggregates, which Spark compiles; a DECIMAL would be slower and of limited range.
 */
public final class ExactSum {

    private static final double HIGH = 0x1p16;
    private static final double LOW = 0x1p62;
    private static final double SMALL = 0x1p-10;

    private ExactSum() {}

    /** Aggregate of the high parts. */
    public static Column high(Column value) {
        return sum(highPart(value));
    }

    /** Aggregate of the low parts. */
    public static Column low(Column value) {
        Column rest = value.minus(highPart(value));
        return sum(when(abs(value).geq(lit(SMALL)), rint(rest.multiply(LOW)).divide(LOW))
                .otherwise(rest));
    }

    /** What a value adds to the sum of the high parts. */
    public static double highPart(double value) {
        return Math.rint(value * HIGH) / HIGH;
    }

    /** What a value adds to the sum of the low parts. */
    public static double lowPart(double value) {
        double rest = value - highPart(value);
        return Math.abs(value) >= SMALL ? Math.rint(rest * LOW) / LOW : rest;
    }

    private static Column highPart(Column value) {
        return rint(value.multiply(HIGH)).divide(HIGH);
    }
}
