package io.plumbline.definition;

/**
 * What holds for the whole project unless an experiment says otherwise.
 *
 * @param alpha probability of a false alarm that is accepted, 0.05 by default
 * @param winsorizeRelativeError rank error of winsorization bounds, 0.0001 by default; 0 makes them exact
 * @param breakdownTopValues how many values a breakdown shows by name at most, 10 by default
 * @param breakdownMinUnits how many units a value needs to be shown by name, 100 by default
 */
public record Settings(double alpha, double winsorizeRelativeError, int breakdownTopValues, int breakdownMinUnits) {

    /** The settings of a project that gives none. */
    public static final Settings DEFAULT = new Settings(0.05, 0.0001);

    /** Settings with the usual rules for breakdowns. */
    public Settings(double alpha, double winsorizeRelativeError) {
        this(alpha, winsorizeRelativeError, 10, 100);
    }
}
