package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.statistics.SampleRatio.Verdict;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The split per day finds the day on which something broke, and does not cry wolf over many good days. */
class DailySampleRatiosTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);

    @Test
    void theTotalIsTheSumOfTheDays() {
        DailySampleRatios checks = check(new long[][] {{500, 520}, {480, 470}, {501, 499}});

        assertThat(checks.total())
                .isEqualTo(SampleRatio.of(List.of(new GroupCount("a", 1, 1481), new GroupCount("b", 1, 1489))));
        assertThat(checks.days())
                .extracting(DailySampleRatios.Day::day)
                .containsExactly(FIRST, FIRST.plusDays(1), FIRST.plusDays(2));
        assertThat(checks.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aBrokenDayIsFoundAlthoughTheTotalIsFine() {
        long[][] counts = new long[30][];
        Arrays.setAll(counts, day -> day == 17 ? new long[] {700, 500} : new long[] {10_000, 10_000});
        DailySampleRatios checks = check(counts);

        assertThat(checks.total().verdict()).isEqualTo(Verdict.OK);
        assertThat(checks.days().get(17).check().verdict()).isEqualTo(Verdict.ALERT);
        assertThat(checks.days().get(16).check().verdict()).isEqualTo(Verdict.OK);
        assertThat(checks.verdict()).isEqualTo(Verdict.ALERT);
    }

    @Test
    void aDayThatAloneWouldWarnIsOneOfManyDays() {
        long[][] counts = new long[60][];
        Arrays.setAll(counts, day -> day == 3 ? new long[] {1060, 940} : new long[] {1000, 1000});
        DailySampleRatios checks = check(counts);
        DailySampleRatios.Day day = checks.days().get(3);

        assertThat(day.check().pValue()).isLessThan(0.01);
        assertThat(day.adjustedPValue())
                .isGreaterThan(0.01)
                .isEqualTo(60 * day.check().pValue());
        assertThat(day.check().verdict()).isEqualTo(Verdict.OK);
        assertThat(checks.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aBrokenTotalIsFoundAlthoughNoDayIs() {
        long[][] counts = new long[30][];
        Arrays.setAll(counts, day -> new long[] {1040, 960});
        DailySampleRatios checks = check(counts);

        assertThat(checks.days()).allMatch(day -> day.check().verdict() == Verdict.OK);
        assertThat(checks.total().verdict()).isEqualTo(Verdict.ALERT);
        assertThat(checks.verdict()).isEqualTo(Verdict.ALERT);
    }

    @Test
    void aDayOfAFewUnitsIsNotChecked() {
        SortedMap<LocalDate, List<GroupCount>> counts = new TreeMap<>();
        counts.put(FIRST, List.of(new GroupCount("a", 99, 990), new GroupCount("b", 1, 10)));
        counts.put(FIRST.plusDays(1), List.of(new GroupCount("a", 99, 2), new GroupCount("b", 1, 1)));
        counts.put(FIRST.plusDays(2), List.of(new GroupCount("a", 99, 0), new GroupCount("b", 1, 0)));
        counts.put(FIRST.plusDays(3), List.of());
        DailySampleRatios checks = DailySampleRatios.of(counts);

        assertThat(checks.days().get(1).check().reason()).contains(Reason.TOO_FEW_UNITS);
        assertThat(checks.days().get(1).check().units()).isEqualTo(3);
        assertThat(checks.days().get(1).adjustedPValue()).isNaN();
        assertThat(checks.days().get(2).check().reason()).contains(Reason.NO_UNITS);
        assertThat(checks.days().get(3).check().reason()).contains(Reason.SINGLE_GROUP);
        assertThat(checks.days().get(3).check().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(checks.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void groupsOfWeightZeroAreLeftOut() {
        SortedMap<LocalDate, List<GroupCount>> counts = new TreeMap<>();
        counts.put(FIRST, List.of(new GroupCount("a", 1, 90), new GroupCount("b", 1, 95), new GroupCount("off", 0, 7)));
        DailySampleRatios checks = DailySampleRatios.of(counts);

        assertThat(checks.total().units()).isEqualTo(185);
        assertThat(checks.days().get(0).check().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void withoutDaysNothingIsKnown() {
        DailySampleRatios checks = check(new long[0][]);

        assertThat(checks.days()).isEmpty();
        assertThat(checks.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(checks.total().reason()).contains(Reason.SINGLE_GROUP);
    }

    /** With Holm's adjustment a sound experiment of 30 days warns in about one case of a hundred for its days and one for its total. */
    @Test
    void soundExperimentsRarelyWarn() {
        Random random = new Random(20_260_301);
        int warnings = 0;
        for (int experiment = 0; experiment < 1_000; experiment++) {
            long[][] counts = new long[30][];
            Arrays.setAll(counts, day -> {
                long first = Math.round(500 + Math.sqrt(250) * random.nextGaussian());
                return new long[] {first, 1000 - first};
            });
            warnings += check(counts).verdict() == Verdict.OK ? 0 : 1;
        }

        assertThat(warnings).isBetween(5, 38);
    }

    private static DailySampleRatios check(long[][] counts) {
        SortedMap<LocalDate, List<GroupCount>> days = new TreeMap<>();
        for (int day = 0; day < counts.length; day++) {
            days.put(
                    FIRST.plusDays(day),
                    List.of(new GroupCount("a", 1, counts[day][0]), new GroupCount("b", 1, counts[day][1])));
        }
        return DailySampleRatios.of(days);
    }
}
