package io.plumbline.definition;

/**
 * What holds for the whole project unless an experiment says otherwise.
 *
 * @param alpha probability of a false alarm that is accepted, 0.05 by default
 * @param winsorizeRelativeError rank error of winsorization bounds, 0.0001 by default; 0 makes them exact
 */
public record Settings(double alpha, double winsorizeRelativeError) {

    /** The settings of a project that gives none. */
    public static final Settings DEFAULT = new Settings(0.05, 0.0001);
}
