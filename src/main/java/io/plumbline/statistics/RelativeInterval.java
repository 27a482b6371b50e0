package io.plumbline.statistics;

/** How the interval of a relative effect is made. */
public enum RelativeInterval {

    /**
     * Fieller's theorem: exact for normal means, not symmetric, and unbounded when the control mean is not distinguishable from zero. It
     * excludes 0 exactly when the interval of the absolute effect does.
     */
    FIELLER,

    /**
     * The delta method: symmetric and always bounded, too narrow when the control mean is noisy. It may contradict the interval of the
     * absolute effect.
     */
    DELTA
}
