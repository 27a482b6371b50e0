package io.plumbline.unittotal;

import io.plumbline.experiment.View;
import java.time.LocalDate;

/**
 * The days that a view of some experiments is made of.
 *
 * @param view which days a value is made of
 * @param first the first day on which some unit may have been exposed
 * @param asOf the last day whose data are there; what is younger than a metric's {@code bake_days} is not read
 * @param before the greatest number of days before exposure that some covariate is made of
 */
public record ViewDays(View view, LocalDate first, LocalDate asOf, int before) {

    /** Days of a view without covariates. */
    public ViewDays(View view, LocalDate first, LocalDate asOf) {
        this(view, first, asOf, 0);
    }

    /** The first day whose unit-days the view reads. */
    public LocalDate firstRead() {
        return view == View.DAILY ? asOf : first.minusDays(before);
    }
}
