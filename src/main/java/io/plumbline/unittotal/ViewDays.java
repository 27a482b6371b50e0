package io.plumbline.unittotal;

import io.plumbline.experiment.View;
import io.plumbline.plan.UnitTotal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

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

    /** The greatest number of days that a total can be made of. */
    int count(UnitTotal total) {
        return total.isBeforeExposure() ? before : Math.toIntExact(ChronoUnit.DAYS.between(first, asOf) + 1);
    }

    /** The first day whose unit-days the view reads. */
    public LocalDate firstRead() {
        return view == View.DAILY ? asOf : first.minusDays(before);
    }
}
