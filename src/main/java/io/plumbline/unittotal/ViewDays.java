package io.plumbline.unittotal;

import io.plumbline.experiment.View;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * The days that a view of some experiments is made of.
 *
 * @param view which days a value is made of
 * @param first the first day on which some unit may have been exposed
 * @param asOf the last day whose data are there; what is younger than a metric's {@code bake_days} is not read
 */
public record ViewDays(View view, LocalDate first, LocalDate asOf) {

    /** The number of days from the first to the last, both included. */
    int count() {
        return Math.toIntExact(ChronoUnit.DAYS.between(first, asOf) + 1);
    }

    /** The first day whose unit-days the view reads. */
    public LocalDate firstRead() {
        return view == View.DAILY ? asOf : first;
    }
}
