package io.plumbline.experiment;

/**
 * How an experiment's groups are compared.
 *
 * @param alpha probability of a false alarm that is accepted, in (0, 1)
 */
public record AnalysisSettings(double alpha) {
    public AnalysisSettings {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must lie between 0 and 1, was " + alpha);
        }
    }
}
