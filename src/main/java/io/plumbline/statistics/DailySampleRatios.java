package io.plumbline.statistics;

import io.plumbline.statistics.SampleRatio.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Check of the split in total and of the units that came on each day: a day on which logging broke for one group drowns in the total of
 * many good days.
 *
 * <pre>
 * total: {@link SampleRatio} of the sums over the days
 * day:   {@link SampleRatio} of the day, its verdict from Holm's adjusted p-value over all checked days
 * verdict: the worst of the total's and the days'
 * </pre>
 *
 * <p>Without the adjustment one experiment in a hundred would warn on any given day, and most long ones at some time.
 *
 * <p>Assumptions: each unit is counted on one day, that of its first exposure; the planned weights are the same on all days.
 *
 * <p>Edge cases:
 *
 * <ul>
 *   <li>a day that plans fewer than 5 units for a group: not checked, {@link Reason#TOO_FEW_UNITS}, verdict {@link Verdict#UNKNOWN};
 *   <li>no days: the total is undefined, {@link Reason#SINGLE_GROUP};
 *   <li>days that cannot be checked do not change the verdict.
 * </ul>
 *
 * @param total the check of all days together
 * @param days the checks of the days in their order
 * @param verdict the worst of all; {@link Verdict#UNKNOWN} if there was nothing to check
 * @see <a href="https://doi.org/10.1145/3292500.3330722">Fabijan et al. 2019, doi:10.1145/3292500.3330722</a>
 */
public record DailySampleRatios(SampleRatio total, List<Day> days, Verdict verdict) {

    /** Below this the χ² distribution is too far from that of the statistic. */
    private static final double FEWEST_PLANNED_UNITS = 5;

    /**
     * The check of one day.
     *
     * @param day the local day
     * @param check the split of the units first exposed on it; its verdict takes the number of days into account
     * @param adjustedPValue Holm's adjusted p-value over the days; NaN if the day was not checked
     */
    public record Day(LocalDate day, SampleRatio check, double adjustedPValue) {}

    /** Copies the list. */
    public DailySampleRatios {
        days = List.copyOf(days);
    }

    /**
     * Checks the split in total and per day.
     *
     * @param counts for each day its groups, each once, with the number of units that came on it
     * @return the checks
     */
    public static DailySampleRatios of(SortedMap<LocalDate, List<GroupCount>> counts) {
        SampleRatio total = SampleRatio.of(sum(counts.values().stream().flatMap(List::stream)));
        List<LocalDate> dates = List.copyOf(counts.keySet());
        List<SampleRatio> checks =
                counts.values().stream().map(DailySampleRatios::check).toList();
        double[] adjusted = Correction.HOLM.adjustedPValues(
                checks.stream().mapToDouble(SampleRatio::pValue).toArray());
        List<Day> days = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            days.add(new Day(dates.get(i), checks.get(i).judgedBy(adjusted[i]), adjusted[i]));
        }
        Verdict worst = Stream.concat(Stream.of(total), days.stream().map(Day::check))
                .map(SampleRatio::verdict)
                .filter(verdict -> verdict != Verdict.UNKNOWN)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.UNKNOWN);
        return new DailySampleRatios(total, days, worst);
    }

    private static List<GroupCount> sum(Stream<GroupCount> counts) {
        Map<String, GroupCount> groups = new LinkedHashMap<>();
        counts.forEach(count -> groups.merge(count.group(), count, GroupCount::plus));
        return List.copyOf(groups.values());
    }

    private static SampleRatio check(List<GroupCount> counts) {
        SampleRatio check = SampleRatio.of(counts);
        double weights = counts.stream().mapToDouble(GroupCount::weight).sum();
        double fewest = counts.stream()
                .filter(count -> count.weight() > 0)
                .mapToDouble(count -> check.units() * (count.weight() / weights))
                .min()
                .orElse(0);
        return check.reason().isEmpty() && fewest < FEWEST_PLANNED_UNITS
                ? SampleRatio.undefined(check.units(), check.degreesOfFreedom(), Reason.TOO_FEW_UNITS)
                : check;
    }
}
