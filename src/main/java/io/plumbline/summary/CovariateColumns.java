package io.plumbline.summary;

import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMeasure;
import io.plumbline.plan.PlannedMetric;
import io.plumbline.statistics.CoMoments;
import io.plumbline.statistics.Covariate;
import io.plumbline.statistics.Moments;
import java.util.ArrayList;
import java.util.List;

/**
 * Which columns of {@link GroupSummary.Covered} hold what: numerator and denominator of the outcome, then one or two for each
 * metric that is a covariate.
 */
public final class CovariateColumns {

    /** The first column of a covariate, which is the metric's own. */
    static final int FIRST = 2;

    /** What a covariate has beside its numerator. */
    enum Second {
        /** Nothing: 0 is the value of a unit without data. */
        NONE,
        /** The denominator. */
        DENOMINATOR,
        /** 1 for units with a value, 0 for those without: 0 is no value that a unit could have instead. */
        HAS_VALUE;

        int columns() {
            return this == NONE ? 1 : 2;
        }
    }

    private CovariateColumns() {}

    /** What stands in the second column of a covariate. */
    static Second second(PlannedMeasure before) {
        if (before.denominator().isPresent()) {
            return Second.DENOMINATOR;
        }
        return before.needsValue() ? Second.HAS_VALUE : Second.NONE;
    }

    /** The covariates of a metric in an experiment. */
    public static List<Covariate> of(PlannedExperiment experiment, PlannedMetric metric) {
        List<Covariate> covariates = new ArrayList<>();
        int column = FIRST;
        for (PlannedMetric covariate : experiment.covariates(metric)) {
            Second second = second(covariate.beforeExposure().orElseThrow());
            if (second == Second.DENOMINATOR) {
                covariates.add(Covariate.ofRatio(column, column + 1));
            } else {
                for (int i = 0; i < second.columns(); i++) {
                    covariates.add(Covariate.ofMean(column + i));
                }
            }
            column += second.columns();
        }
        return covariates;
    }

    /**
     * The moments of a metric's own values before exposure, over the units that have any where 0 is not what stands for none,
     * else over all units that count.
     */
    public static Moments before(PlannedMetric metric, CoMoments moments) {
        return second(metric.beforeExposure().orElseThrow()) == Second.NONE
                ? new Moments(moments.n(), moments.mean(FIRST), 1, moments.product(FIRST, FIRST), 0, 0)
                : moments.pair(FIRST, FIRST + 1);
    }
}
