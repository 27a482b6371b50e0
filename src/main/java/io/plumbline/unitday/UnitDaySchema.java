package io.plumbline.unitday;

/**
 * The columns of unit-days. States of components are in {@link #NUMBERS} if they are numbers, and in columns named {@code
 * <component>__<part>} if not.
 */
public final class UnitDaySchema {

    /** Local day, DATE. */
    public static final String DS = "ds";

    /** What was computed together, STRING: some components of all rows of a day, or all of files that came later. */
    public static final String LAYER = "layer";

    /** Unit type, STRING; not stored, as every unit type has its own table. */
    public static final String UNIT_TYPE = "unit_type";

    /** The unit, STRING; null in the one row per key that stands for all rows without a unit. */
    public static final String UNIT_ID = "unit_id";

    /** Value of the equality that most filters share, STRING; null for rows that no such filter takes. */
    public static final String LEAF = "leaf";

    /**
     * Start of the part of the day that the row stands for, TIMESTAMP: one of the unit's edges of the day. Null for the
     * part before the first edge, and for days without one.
     */
    public static final String PART_START = "part_start";

    /** Column that the row is broken down by, STRING; null for the whole. */
    public static final String DIMENSION = "dimension";

    /** Value of that column as text, STRING; {@code (unknown)} for null. */
    public static final String DIMENSION_VALUE = "dimension_value";

    /** Number of source rows that some component takes, BIGINT; null in breakdown rows. */
    public static final String ROW_COUNT = "row_count";

    /** Number of values that were NaN or infinite and are in no state, BIGINT; null for none. */
    public static final String NON_FINITE = "non_finite_values";

    /** The states that are numbers, see {@link Numbers}; null for none. */
    public static final String NUMBERS = "numbers";

    /** What a breakdown shows for null. */
    public static final String UNKNOWN = "(unknown)";

    /** What a breakdown shows for all values that it does not show by name. */
    public static final String OTHER = "(other)";

    private UnitDaySchema() {}
}
