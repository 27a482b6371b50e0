package io.plumbline.analysis;

import io.plumbline.statistics.PowerTarget;
import io.plumbline.statistics.SampleSize;

/**
 * What a new experiment of one treatment can find, if its units are like those of the past.
 *
 * @param history what the metric was like, and how many units both groups together gain in a day
 * @param treatmentShare share of these units that the treatment gets, between 0 and 1
 * @param target alpha, alternative and power
 */
public record PowerPlan(History history, double treatmentShare, PowerTarget target) {

    /**
     * An answer.
     *
     * @param minimumDetectableEffect the smallest relative effect that is found with the power; NaN if it is undefined
     * @param controlUnits units of the control; NaN if it is undefined
     * @param treatmentUnits units of the treatment; NaN if it is undefined
     * @param days days until both groups have these units; NaN if the rate is unknown
     */
    public record Answer(double minimumDetectableEffect, double controlUnits, double treatmentUnits, double days) {}

    /** The units and days that an effect needs: 0.02 is 2 %. */
    public Answer toFind(double relativeEffect) {
        SampleSize size = target.sampleSize(history.baseline(), relativeEffect, treatmentShare);
        double days = Double.isNaN(history.unitsPerDay()) ? Double.NaN : size.daysToReach(0, history.unitsPerDay());
        return new Answer(Math.abs(relativeEffect), size.control(), size.treatment(), days);
    }

    /** The effect that a number of units of both groups finds. */
    public Answer withUnits(long units) {
        long treatment = Math.round(units * treatmentShare);
        long control = units - treatment;
        double effect = target.minimumDetectableEffect(history.baseline(), control, treatment);
        return new Answer(effect, control, treatment, Math.ceil(units / history.unitsPerDay()));
    }

    /** The effect that a number of days finds; undefined if the rate is unknown. */
    public Answer withDays(int days) {
        if (Double.isNaN(history.unitsPerDay())) {
            return new Answer(Double.NaN, Double.NaN, Double.NaN, days);
        }
        Answer answer = withUnits(Math.round(history.unitsPerDay() * days));
        return new Answer(answer.minimumDetectableEffect(), answer.controlUnits(), answer.treatmentUnits(), days);
    }
}
