package io.plumbline.experiment;

import java.util.List;

/**
 * What is known of units from before their exposure, to take out of results what it predicts.
 *
 * @param days local days before each unit's day of exposure over which metrics are their own covariates, up to 90; 0 for
 *     covariates that are properties alone
 * @param metrics names of metrics of the experiment whose values over these days are covariates of every metric
 * @param properties unit properties, among the experiment's breakdowns, that are covariates of every metric on the top line
 */
public record PreExposure(int days, List<String> metrics, List<String> properties) {

    /** The longest time before exposure. */
    public static final int MOST_DAYS = 90;

    public PreExposure {
        metrics = List.copyOf(metrics);
        properties = List.copyOf(properties);
        if (days < 0 || days > MOST_DAYS) {
            throw new IllegalArgumentException("cuped_days must be from 0 to " + MOST_DAYS + ", was " + days);
        }
        if (days == 0 && !metrics.isEmpty()) {
            throw new IllegalArgumentException("metrics are covariates over cuped_days only, which is 0");
        }
    }
}
