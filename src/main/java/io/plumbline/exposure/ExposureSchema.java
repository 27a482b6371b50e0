package io.plumbline.exposure;

/** The columns of exposures, one row per experiment and unit. */
public final class ExposureSchema {

    /** The experiment's name, STRING. */
    public static final String EXPERIMENT = "experiment";

    /** The unit, STRING, of the experiment's unit type. */
    public static final String UNIT_ID = "unit_id";

    /** The group that the unit met first, STRING. */
    public static final String GROUP_NAME = "group_name";

    /** When it met the group, {@code t0}, TIMESTAMP. */
    public static final String FIRST_EXPOSURE_AT = "first_exposure_at";

    /** The local date of {@code t0}, DATE. */
    public static final String FIRST_EXPOSURE_DATE = "first_exposure_date";

    /** Whether the unit was seen in another group too, BOOLEAN. */
    public static final String CROSSOVER = "crossover";

    /** When it was first seen in another group, TIMESTAMP; null if never. Makes exposures exact as of any earlier day. */
    public static final String CROSSOVER_AT = "crossover_at";

    /** What the assignment row said of the unit at {@code t0}, MAP of STRING to STRING. */
    public static final String PROPERTIES = "properties";

    /** Prefix of the column of one property in {@link AnalysedUnits}. */
    public static final String PROPERTY = "property__";

    /** The last day whose data counts for the unit's experiment, DATE, in {@link AnalysedUnits}. */
    public static final String LAST_DAY = "last_day";

    /**
     * The last day whose data counts for metrics whose window has an end, DATE, in {@link AnalysedUnits}: later than
     * {@link #LAST_DAY} after the end of an experiment whose windows mature.
     */
    public static final String LAST_WINDOW_DAY = "last_window_day";

    /**
     * The first of the local days before exposure that covariates are made of, DATE, in {@link AnalysedUnits}; null where the
     * experiment has none. The last is the day before {@link #FIRST_EXPOSURE_DATE}.
     */
    public static final String COVARIATE_FROM = "covariate_from";

    /** Number of local days since the date of exposure, INT, in the view of days since exposure. */
    public static final String DAY_INDEX = "day_index";

    private ExposureSchema() {}
}
