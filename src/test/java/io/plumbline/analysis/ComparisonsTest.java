package io.plumbline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.experiment.AnalysisSettings;
import io.plumbline.experiment.Crossover;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.experiment.MultipleComparisons;
import io.plumbline.experiment.Period;
import io.plumbline.experiment.Role;
import io.plumbline.experiment.UnitRule;
import io.plumbline.experiment.View;
import io.plumbline.metric.DesiredChange;
import io.plumbline.metric.Info;
import io.plumbline.metric.Measure;
import io.plumbline.statistics.AdjustedEstimate;
import io.plumbline.statistics.Alternative;
import io.plumbline.statistics.Correction;
import io.plumbline.statistics.Estimate;
import io.plumbline.statistics.Prior;
import io.plumbline.statistics.RelativeInterval;
import io.plumbline.summary.Slice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is concluded from several comparisons together: families, scopes, and numbers that hold at every look. */
class ComparisonsTest {

    private static final Group CONTROL = new Group("control", 1, Group.Role.CONTROL);
    private static final Group FIRST = new Group("first", 1, Group.Role.TREATMENT);
    private static final Group SECOND = new Group("second", 1, Group.Role.TREATMENT);
    private static final Slice WEB = new Slice("platform", "web");

    private final List<Comparisons.Pair> pairs = new ArrayList<>();

    @Test
    void without_a_correction_p_values_stand_alone() {
        pair("revenue", Role.PRIMARY, FIRST, Slice.TOP_LINE, 2.2);
        Inferred inferred = inferred(Optional.empty(), "revenue", FIRST, Slice.TOP_LINE);
        assertThat(inferred.adjustedPValue()).isNaN();
        assertThat(inferred.comparison().pValue()).isLessThan(0.05);
        assertThat(inferred.significant()).isTrue();
        assertThat(inferred.alwaysValid()).isEmpty();
    }

    @Test
    void over_groups_the_treatments_of_one_metric_are_a_family() {
        pair("revenue", Role.PRIMARY, FIRST, Slice.TOP_LINE, 2.2);
        pair("revenue", Role.PRIMARY, SECOND, Slice.TOP_LINE, 1.0);
        pair("orders", Role.PRIMARY, FIRST, Slice.TOP_LINE, 2.2);
        Optional<MultipleComparisons> rule = bonferroni(Set.of(MultipleComparisons.Over.GROUPS));
        Inferred revenue = inferred(rule, "revenue", FIRST, Slice.TOP_LINE);
        assertThat(revenue.adjustedPValue()).isCloseTo(2 * revenue.comparison().pValue(), within(1e-15));
        assertThat(revenue.comparison().inference().alpha()).isEqualTo(0.025);
        assertThat(revenue.significant()).as("at the experiment's alpha").isFalse();
        Inferred alone = inferred(rule, "orders", FIRST, Slice.TOP_LINE);
        assertThat(alone.adjustedPValue()).isEqualTo(alone.comparison().pValue());
        assertThat(alone.significant()).isTrue();
    }

    @Test
    void over_metrics_and_groups_every_comparison_of_the_top_line_is_in_one_family_and_segments_in_another() {
        pair("revenue", Role.PRIMARY, FIRST, Slice.TOP_LINE, 2.2);
        pair("revenue", Role.PRIMARY, SECOND, Slice.TOP_LINE, 1.0);
        pair("orders", Role.PRIMARY, FIRST, Slice.TOP_LINE, 2.2);
        pair("revenue", Role.PRIMARY, FIRST, WEB, 2.2);
        Optional<MultipleComparisons> rule =
                bonferroni(Set.of(MultipleComparisons.Over.GROUPS, MultipleComparisons.Over.METRICS));
        Inferred top = inferred(rule, "revenue", FIRST, Slice.TOP_LINE);
        assertThat(top.adjustedPValue()).isCloseTo(3 * top.comparison().pValue(), within(1e-15));
        Inferred segment = inferred(rule, "revenue", FIRST, WEB);
        assertThat(segment.adjustedPValue()).isEqualTo(segment.comparison().pValue());
    }

    @Test
    void outside_the_scope_nothing_is_corrected() {
        pair("revenue", Role.PRIMARY, FIRST, Slice.TOP_LINE, 2.2);
        pair("orders", Role.SECONDARY, FIRST, Slice.TOP_LINE, 2.2);
        Optional<MultipleComparisons> rule = Optional.of(new MultipleComparisons(
                Correction.HOLM, Set.of(MultipleComparisons.Over.METRICS), MultipleComparisons.Scope.PRIMARY));
        assertThat(inferred(rule, "orders", FIRST, Slice.TOP_LINE).adjustedPValue())
                .isNaN();
        Inferred primary = inferred(rule, "revenue", FIRST, Slice.TOP_LINE);
        assertThat(primary.adjustedPValue()).isEqualTo(primary.comparison().pValue());
    }

    @Test
    void an_always_valid_interval_is_wider_and_its_p_value_larger() {
        pair("revenue", Role.PRIMARY, FIRST, Slice.TOP_LINE, 2.2);
        Inferred inferred = Comparisons.of(experiment(Optional.empty(), OptionalLong.of(2000)), pairs, 7)
                .values()
                .iterator()
                .next();
        var sequence = inferred.alwaysValid().orElseThrow();
        assertThat(sequence.pValue()).isGreaterThan(inferred.comparison().pValue());
        assertThat(sequence.absolute().interval().lower())
                .isLessThan(inferred.comparison().absolute().interval().lower());
    }

    @Test
    void the_daily_impact_is_the_effect_times_the_treated_units_of_a_day() {
        pair("revenue", Role.PRIMARY, FIRST, Slice.TOP_LINE, 2.2);
        Inferred inferred = inferred(Optional.empty(), "revenue", FIRST, Slice.TOP_LINE);
        assertThat(inferred.dailyImpact().value())
                .isCloseTo(inferred.comparison().absolute().value() * 1000 / 7, within(1e-9));
        assertThat(inferred.posterior().chanceToBeat()).isBetween(0.9, 1.0);
        assertThat(inferred.minimumDetectableEffect()).isPositive();
    }

    private static Optional<MultipleComparisons> bonferroni(Set<MultipleComparisons.Over> over) {
        return Optional.of(new MultipleComparisons(Correction.BONFERRONI, over, MultipleComparisons.Scope.ALL));
    }

    /** A treatment of 1,000 units whose mean is some standard errors of the difference above the control's. */
    private void pair(String metric, Role role, Group group, Slice slice, double standardErrors) {
        double standardError = Math.sqrt(2 * 4.0 / 1000);
        Estimate control = Estimate.of(1000, 10, 4);
        Estimate treatment = Estimate.of(1000, 10 + standardErrors * standardError, 4);
        pairs.add(new Comparisons.Pair(
                new ResultKey("e", metric, "0", role, View.CUMULATIVE, Optional.<Measure.Step>empty(), slice, group),
                DesiredChange.INCREASE,
                AdjustedEstimate.unadjusted(control),
                AdjustedEstimate.unadjusted(treatment),
                1000,
                100));
    }

    private Inferred inferred(Optional<MultipleComparisons> rule, String metric, Group group, Slice slice) {
        return Comparisons.of(experiment(rule, OptionalLong.empty()), pairs, 7).entrySet().stream()
                .filter(entry -> entry.getKey().metric().equals(metric)
                        && entry.getKey().group().equals(group)
                        && entry.getKey().slice().equals(slice))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static Experiment experiment(Optional<MultipleComparisons> rule, OptionalLong plannedUnits) {
        return new Experiment(
                new Info("e", "", "", List.of(), ""),
                "exposures",
                new UnitRule("user_id", Crossover.EXCLUDE, Optional.empty()),
                new Period(LocalDate.parse("2026-01-01"), Optional.empty()),
                List.of(CONTROL, FIRST, SECOND),
                Map.of(),
                List.of(),
                List.of(View.CUMULATIVE),
                new AnalysisSettings(
                        0.05,
                        Alternative.TWO_SIDED,
                        RelativeInterval.FIELLER,
                        plannedUnits,
                        rule,
                        Prior.FLAT,
                        AnalysisSettings.DEFAULT_POWER,
                        Optional.empty()));
    }
}
