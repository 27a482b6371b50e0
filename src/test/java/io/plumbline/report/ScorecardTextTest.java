package io.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.analysis.Inferred;
import io.plumbline.analysis.Result;
import io.plumbline.analysis.ResultKey;
import io.plumbline.analysis.Scorecard;
import io.plumbline.experiment.AnalysisSettings;
import io.plumbline.experiment.Crossover;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.experiment.Period;
import io.plumbline.experiment.Role;
import io.plumbline.experiment.UnitRule;
import io.plumbline.experiment.View;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.DesiredChange;
import io.plumbline.metric.Info;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricInfo;
import io.plumbline.metric.Selection;
import io.plumbline.metric.SumMetric;
import io.plumbline.metric.UnitCountMetric;
import io.plumbline.statistics.AdjustedEstimate;
import io.plumbline.statistics.AlwaysValidComparison;
import io.plumbline.statistics.Comparison;
import io.plumbline.statistics.Cuped;
import io.plumbline.statistics.Estimate;
import io.plumbline.statistics.Inference;
import io.plumbline.statistics.Posterior;
import io.plumbline.statistics.Prior;
import io.plumbline.statistics.Reason;
import io.plumbline.summary.Bounds;
import io.plumbline.summary.GroupSummary;
import io.plumbline.summary.Slice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people see of an experiment in the terminal. */
class ScorecardTextTest {

    private static final Group CONTROL = new Group("control", 50, Group.Role.CONTROL);
    private static final Group RANKED = new Group("ranked", 50, Group.Role.TREATMENT);
    private static final Selection EVENTS = new Selection("events", List.of());

    private static final Map<String, Metric> METRICS = Map.of(
            "revenue",
            new SumMetric(
                    about("revenue", DesiredChange.INCREASE),
                    EVENTS,
                    "usd",
                    CohortWindow.ALL,
                    Optional.empty(),
                    Optional.empty()),
            "support_minutes",
            new SumMetric(
                    about("support_minutes", DesiredChange.DECREASE),
                    EVENTS,
                    "minutes",
                    CohortWindow.ALL,
                    Optional.empty(),
                    Optional.empty()),
            "buyers",
            new UnitCountMetric(
                    about("buyers", DesiredChange.NONE),
                    EVENTS,
                    UnitCountMetric.Mode.ONE_TIME_EVENT,
                    CohortWindow.ALL));

    private final List<Result> results = new ArrayList<>();

    @Test
    void a_scorecard_says_who_was_compared_whether_to_trust_it_and_how_every_metric_went() {
        compare("revenue", Role.PRIMARY, Estimate.of(5021, 12.3456, 400), Estimate.of(4979, 14.01, 420));
        compare("buyers", Role.SECONDARY, Estimate.of(5021, 0.31, 0.2139), Estimate.of(4979, 0.35, 0.2275));
        compare("support_minutes", Role.GUARDRAIL, Estimate.of(5021, 1250.4, 9e6), Estimate.of(4979, 1260.9, 9e6));
        assertThat(topLine()).isEqualTo("""
                        ranking_v2 as of 2026-11-15
                        exposures 2026-10-01 to 2026-11-15; unit user_id; alpha 0.05
                        groups control (control), ranked

                        OK     sample_ratio (p = 0.675): units per group against planned weights: control 5021 (weight 50), ranked 4979 (weight
                               50); largest deviation 0.21 percentage points
                        ALERT  crossover: 1200 of 10000 units were seen in more than one group and are left out

                        metric           role       group    units    mean  effect      95% interval        p          note
                        revenue          primary    control  5,021   12.35
                                                    ranked   4,979   14.01  +13.5%  [+6.84%, +20.6%]  4.0e-05  better
                        buyers           secondary  control  5,021  31.00%
                                                    ranked   4,979  35.00%  +12.9%  [+6.77%, +19.4%]  2.1e-05  higher
                        support_minutes  guardrail  control  5,021   1,250
                                                    ranked   4,979   1,261  +0.84%  [-8.19%, +10.8%]    0.861
                        """);
    }

    @Test
    void better_and_worse_follow_the_direction_that_is_desired() {
        Estimate low = Estimate.of(1000, 10, 1);
        Estimate high = Estimate.of(1000, 11, 1);
        compare("revenue", Role.PRIMARY, low, high);
        compare("support_minutes", Role.PRIMARY, low, high);
        compare("buyers", Role.PRIMARY, low, high);
        compare("revenue", Role.PRIMARY, high, low);
        assertThat(topLine().lines().filter(line -> line.contains("ranked  ")).map(line -> line.replaceAll(".* ", "")))
                .containsExactly("better", "worse", "higher", "worse");
    }

    @Test
    void what_is_not_defined_is_a_dash_with_its_reason() {
        compare("revenue", Role.PRIMARY, Estimate.undefined(0, Reason.NO_UNITS), Estimate.of(3, 2, 1));
        assertThat(topLine().lines().toList().subList(8, 11))
                .containsExactly(
                        "metric   role     group    units  mean  effect  95% interval  p    note",
                        "revenue  primary  control      0     –                             no_units",
                        "                  ranked       3     2       –             –  –    no_units");
    }

    @Test
    void without_a_control_mean_the_absolute_effect_takes_the_place_of_the_relative_one() {
        compare("revenue", Role.PRIMARY, Estimate.of(500, 0, 0), Estimate.of(500, 2, 1));
        assertThat(topLine()).contains("+2  [+1.912, +2.088]").contains("zero_control_mean");
    }

    @Test
    void a_metric_that_failed_says_why_below_the_table() {
        String reason = "column `usd` cannot be resolved; did you mean one of the following? [usd_cents, user_id, ds,"
                + " event, category, country, platform]";
        for (Group group : List.of(CONTROL, RANKED)) {
            results.add(result(
                    "revenue",
                    Role.PRIMARY,
                    Slice.TOP_LINE,
                    group,
                    Estimate.undefined(0, Reason.NO_UNITS),
                    Optional.empty(),
                    Optional.of(reason)));
        }
        assertThat(topLine()).endsWith("""
                        metric   role     group    units  mean  effect  95% interval  p    note
                        revenue  primary  control      0     –                             (1)
                                          ranked       0     –                             (1)
                        (1) column `usd` cannot be resolved; did you mean one of the following? [usd_cents, user_id, ds, event, category,
                            country, platform]
                        """);
    }

    @Test
    void breakdown_values_stand_in_a_section_of_their_own() {
        compare("revenue", Role.PRIMARY, Estimate.of(100, 10, 1), Estimate.of(100, 10.1, 1));
        compare("revenue", Role.PRIMARY, new Slice("platform", "ios"), Estimate.of(60, 9, 1), Estimate.of(60, 10, 1));
        compare("revenue", Role.PRIMARY, new Slice("platform", "web"), Estimate.of(40, 9, 1), Estimate.of(40, 9, 1));
        assertThat(topLine()).doesNotContain("ios");
        assertThat(ScorecardText.breakdowns(scorecard(), METRICS)).isEqualTo("""

                        By platform
                        metric   role     value  group    units  mean  effect      95% interval        p          note
                        revenue  primary  ios    control     60     9
                                                 ranked      60    10  +11.1%  [+6.99%, +15.4%]  4.3e-08  better
                                          web    control     40     9
                                                 ranked      40     9  +0.00%  [-4.83%, +5.07%]    1.000
                        """);
    }

    @Test
    void no_line_is_longer_than_the_terminal() {
        String name = "a_metric_whose_name_says_everything_that_can_be_said_of_it_and_then_some_more_to_be_sure";
        compare(name, Role.SECONDARY, Estimate.of(1_234_567_890, 1234.5, 1e6), Estimate.of(1_234_567_890, 1299.5, 1e6));
        assertThat(topLine().lines()).allMatch(line -> line.length() <= ScorecardText.WIDTH);
        assertThat(topLine()).contains("a_metric_whose_name_says").contains("…").contains("1,234,567,890");
    }

    @Test
    void adjusted_rows_and_intervals_that_hold_at_every_look_are_told_apart() {
        compare("revenue", Role.PRIMARY, Estimate.of(5021, 12.3456, 400), Estimate.of(4979, 14.01, 420));
        Cuped cuped = new Cuped(Cuped.Decision.APPLIED, List.of(0.5), 0.314, List.of());
        results.replaceAll(result -> new Result(
                result.key(),
                result.estimate(),
                result.totals(),
                result.bounds(),
                0,
                result.inferred().map(ScorecardTextTest::atEveryLook),
                0,
                0.05,
                Optional.of(cuped),
                Optional.empty()));
        assertThat(topLine().lines().toList().subList(8, 11))
                .containsExactly(
                        "metric   role     group    units   mean  effect      95% interval        p     at every look      p"
                                + "          note",
                        "revenue  primary  control  5,021  12.35                                                           "
                                + "           cuped -31.4%",
                        "                  ranked   4,979  14.01  +13.5%  [+6.84%, +20.6%]  4.0e-05  [+3.36%, +24.7%]  0.002"
                                + "  better  cuped -31.4%");
    }

    private static Inferred atEveryLook(Inferred inferred) {
        return new Inferred(
                inferred.alpha(),
                inferred.comparison(),
                inferred.adjustedPValue(),
                Optional.of(AlwaysValidComparison.of(inferred.comparison(), 10_000)),
                inferred.posterior(),
                inferred.dailyImpact(),
                inferred.minimumDetectableEffect());
    }

    private void compare(String metric, Role role, Estimate control, Estimate treatment) {
        compare(metric, role, Slice.TOP_LINE, control, treatment);
    }

    private void compare(String metric, Role role, Slice slice, Estimate control, Estimate treatment) {
        Comparison comparison = Comparison.of(control, treatment, Inference.STANDARD);
        Optional<String> reason = comparison
                .absolute()
                .reason()
                .or(() -> comparison.relative().reason())
                .map(Reason::code);
        results.add(result(
                metric,
                role,
                slice,
                CONTROL,
                control,
                Optional.empty(),
                control.reason().map(Reason::code)));
        Inferred inferred = new Inferred(
                0.05,
                comparison,
                Double.NaN,
                Optional.empty(),
                Posterior.of(comparison, Prior.FLAT, Posterior.Better.HIGHER),
                comparison.absolute(),
                Double.NaN);
        results.add(result(metric, role, slice, RANKED, treatment, Optional.of(inferred), reason));
    }

    private static Result result(
            String metric,
            Role role,
            Slice slice,
            Group group,
            Estimate estimate,
            Optional<Inferred> inferred,
            Optional<String> reason) {
        ResultKey key = new ResultKey("ranking_v2", metric, "0", role, View.CUMULATIVE, Optional.empty(), slice, group);
        GroupSummary.Totals totals = new GroupSummary.Totals(1, 1);
        return new Result(
                key,
                AdjustedEstimate.unadjusted(estimate),
                totals,
                Bounds.NONE,
                0,
                inferred,
                0,
                0.05,
                Optional.empty(),
                reason);
    }

    private String topLine() {
        return ScorecardText.topLine(scorecard(), METRICS);
    }

    private Scorecard scorecard() {
        LocalDate last = LocalDate.parse("2026-11-15");
        Map<String, Role> roles = new LinkedHashMap<>();
        results.forEach(result -> roles.put(result.key().metric(), result.key().role()));
        Experiment experiment = new Experiment(
                new Info("ranking_v2", "", "", List.of(), "experiments.yml:1:1"),
                "exposures",
                new UnitRule("user_id", Crossover.EXCLUDE, Optional.empty()),
                new Period(LocalDate.parse("2026-10-01"), Optional.of(last)),
                List.of(CONTROL, RANKED),
                roles,
                List.of(),
                List.of(View.CUMULATIVE),
                AnalysisSettings.of(0.05));
        return new Scorecard(experiment, last, results, HealthExamples.of("ranking_v2"));
    }

    private static MetricInfo about(String name, DesiredChange desired) {
        return new MetricInfo(new Info(name, "", "", List.of(), "metrics.yml:1:1"), desired, List.of());
    }
}
