package io.plumbline.unittotal;

import java.util.Arrays;
import java.util.BitSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The values in the row of {@link UnitValues} that was read last. */
public final class ValueReader {

    private static final BitSet NONE = new BitSet();

    private final int values;
    private final int waiting;
    private final double[] numerators;
    private final double[] denominators;
    private final boolean[] known;
    private final int[] present;
    private BitSet waits = NONE;
    private int count;

    /**
     * A reader.
     *
     * @param measures how many measures there are
     */
    public ValueReader(StructType schema, int measures) {
        this.values = schema.fieldIndex(UnitValues.VALUES);
        this.waiting = schema.fieldIndex(UnitValues.WAITING);
        this.numerators = new double[measures];
        this.denominators = new double[measures];
        this.known = new boolean[measures];
        this.present = new int[measures];
    }

    /** Goes to a row. */
    public void read(Row row) {
        for (int i = 0; i < count; i++) {
            known[present[i]] = false;
        }
        count = 0;
        PackedValues.read(row.<byte[]>getAs(values), this::take);
        waits = row.isNullAt(waiting) ? NONE : BitSet.valueOf(row.<byte[]>getAs(waiting));
    }

    private void take(int measure, double numerator, double denominator) {
        numerators[measure] = numerator;
        denominators[measure] = denominator;
        known[measure] = true;
        present[count++] = measure;
    }

    /** The numbers of the measures with values. */
    public int[] measures() {
        return Arrays.copyOf(present, count);
    }

    /** The numbers of what the unit does not count for; not to be changed. */
    public BitSet waiting() {
        return waits;
    }

    /** Whether the unit counts, see {@link ValueIndex#eligibility}. */
    public boolean counts(int eligibility) {
        return !waits.get(eligibility);
    }

    /** Whether there are values of a measure. */
    public boolean has(int measure) {
        return known[measure];
    }

    /** The numerator of a measure with values. */
    public double numerator(int measure) {
        return numerators[measure];
    }

    /** The denominator of a measure with values; 1 where the measure has none. */
    public double denominator(int measure) {
        return denominators[measure];
    }
}
