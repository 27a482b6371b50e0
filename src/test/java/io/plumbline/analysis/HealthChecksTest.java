package io.plumbline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.definition.ProjectLoader;
import io.plumbline.experiment.View;
import io.plumbline.exposure.ExposureCount;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.RunPlan;
import io.plumbline.source.SparkGrammar;
import io.plumbline.statistics.Moments;
import io.plumbline.summary.GroupSummary;
import io.plumbline.summary.Slice;
import io.plumbline.summary.Summaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether an experiment can be trusted, by example: two groups of equal weight. */
class HealthChecksTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
    private static final LocalDate SECOND = LocalDate.parse("2026-01-02");

    private static final String DEFINITIONS = """
            version: 1
            project: checks
            unit_types: [user]
            metric_sources:
              - {name: events, path: events, timestamp: at, units: {user: user}}
            assignment_sources:
              - {name: exposures, path: exposures, timestamp: at, experiment: e, group: g, units: {user: user}, properties: [platform]}
            metrics:
              - {name: revenue, type: sum, source: events, value: amount}
              - {name: visits, type: count, source: events, desired_change: increase}
              - {name: crashes, type: count, source: events, desired_change: decrease}
              - {name: clicks, type: count, source: events, desired_change: none}
            experiments:
              - name: test
                assignment_source: exposures
                unit: user
                start: 2026-01-01
                groups: [{name: control, weight: 50, control: true}, {name: treatment, weight: 50}]
                metrics: {primary: [revenue], guardrail: [visits, crashes, clicks]}
                breakdowns: [platform]
            """;

    @TempDir
    static Path folder;

    private final List<ExposureCount> counts = new ArrayList<>();
    private final List<GroupSummary> groups = new ArrayList<>();

    @BeforeAll
    static void define() throws IOException {
        Files.writeString(folder.resolve("plumbline.yml"), DEFINITIONS);
    }

    @ParameterizedTest
    @CsvSource({"5000, 5000, OK", "5000, 4720, WARN", "5000, 4600, ALERT"})
    void a_split_far_from_the_planned_one_is_a_warning_and_then_an_alert(
            long control, long treatment, HealthCheck.Status status) {
        exposed(FIRST, control, treatment);
        HealthCheck check = check("sample_ratio", null);
        assertThat(check.status()).isEqualTo(status);
        assertThat(check.detail()).contains("control 5000 (weight 50), treatment " + treatment + " (weight 50)");
    }

    @Test
    void days_that_cancel_out_are_found_by_the_check_of_days() {
        exposed(FIRST, 800, 200);
        exposed(SECOND, 200, 800);
        assertThat(check("sample_ratio", null).status()).isEqualTo(HealthCheck.Status.OK);
        HealthCheck daily = check("sample_ratio_daily", null);
        assertThat(daily.status()).isEqualTo(HealthCheck.Status.ALERT);
        assertThat(daily.value()).isEqualTo(2);
        assertThat(daily.detail()).endsWith("on 2026-01-01, 2026-01-02");
    }

    @Test
    void without_exposures_the_split_cannot_be_checked() {
        assertThat(check("sample_ratio", null).detail()).isEqualTo("cannot be checked: no_units");
        assertThat(check("sample_ratio", null).status()).isEqualTo(HealthCheck.Status.WARN);
        assertThat(check("sample_ratio_daily", null).status()).isEqualTo(HealthCheck.Status.OK);
        assertThat(check("crossover", null).value()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"4, OK", "5, WARN", "49, WARN", "50, ALERT"})
    void a_hundredth_of_cross_over_units_is_a_warning_and_a_tenth_an_alert(long crossovers, HealthCheck.Status status) {
        counts.add(new ExposureCount("test", "control", FIRST, 250, crossovers, 0));
        counts.add(new ExposureCount("test", "treatment", FIRST, 250, 0, 0));
        counts.add(new ExposureCount("other", "treatment", FIRST, 9000, 9000, 0));
        HealthCheck check = check("crossover", null);
        assertThat(check.status()).isEqualTo(status);
        assertThat(check.value()).isCloseTo(crossovers / 500.0, within(1e-15));
        assertThat(check("sample_ratio", null).detail()).contains("control " + (250 - crossovers));
    }

    /** Standard error of a difference: √(2·4/1000) = 0.089. */
    @ParameterizedTest
    @CsvSource({
        "visits, -0.5, ALERT, is significantly worse; it should not decrease",
        "visits, 0.5, OK, is significantly better; it should not decrease",
        "visits, -0.05, OK, shows no significant change; it should not decrease",
        "crashes, 0.5, ALERT, is significantly worse; it should not increase",
        "crashes, -0.5, OK, is significantly better; it should not increase",
        "crashes, 0, OK, shows no significant change; it should not increase",
    })
    void a_guardrail_that_moves_against_its_desired_change_is_an_alert(
            String metric, double effect, HealthCheck.Status status, String verdict) {
        measured(metric, Slice.TOP_LINE, 10, effect);
        HealthCheck check = check("guardrail " + metric, "treatment");
        assertThat(check.status()).isEqualTo(status);
        assertThat(check.detail()).isEqualTo("guardrail " + metric + " " + verdict);
        assertThat(check.value()).isCloseTo(effect, within(1e-12));
    }

    @Test
    void what_has_no_desired_change_is_no_guardrail_and_other_roles_are_none() {
        measured("clicks", Slice.TOP_LINE, 10, -5);
        measured("revenue", Slice.TOP_LINE, 10, -5);
        assertThat(checks())
                .noneMatch(check -> check.name().equals("guardrail clicks"))
                .noneMatch(check -> check.name().equals("guardrail revenue"));
    }

    @Test
    void segments_in_which_the_effect_differs_are_warnings() {
        measured("revenue", Slice.TOP_LINE, 10, 0.5);
        measured("revenue", new Slice("platform", "app"), 10, 0);
        measured("revenue", new Slice("platform", "web"), 10, 1);
        HealthCheck web = check("segment revenue platform=web", "treatment");
        assertThat(web.status()).isEqualTo(HealthCheck.Status.WARN);
        assertThat(web.value()).isCloseTo(1, within(1e-12));
        assertThat(check("segment revenue platform=app", "treatment").value()).isCloseTo(-1, within(1e-12));
    }

    @Test
    void segments_that_are_alike_and_a_single_segment_are_no_warning() {
        measured("revenue", Slice.TOP_LINE, 10, 1);
        measured("revenue", new Slice("platform", "app"), 10, 1);
        assertThat(checks()).noneMatch(check -> check.name().startsWith("segment"));
        measured("revenue", new Slice("platform", "web"), 20, 1.05);
        assertThat(checks()).noneMatch(check -> check.name().startsWith("segment"));
    }

    private void exposed(LocalDate day, long control, long treatment) {
        counts.add(new ExposureCount("test", "control", day, control, 0, 0));
        counts.add(new ExposureCount("test", "treatment", day, treatment, 0, 0));
    }

    /** 1,000 units of each group, with a variance of 4. */
    private void measured(String metric, Slice slice, double mean, double effect) {
        groups.add(summary(metric, "control", slice, mean));
        groups.add(summary(metric, "treatment", slice, mean + effect));
    }

    private static GroupSummary summary(String metric, String group, Slice slice, double mean) {
        return new GroupSummary(
                "test",
                metric,
                0,
                group,
                slice,
                new Moments(1000, mean, 1, 4 * 999, 0, 0),
                new GroupSummary.Totals(1000 * mean, 1000),
                0,
                Optional.empty());
    }

    private List<HealthCheck> checks() {
        PlannedExperiment planned = RunPlan.daily(ProjectLoader.load(folder, Map.of(), new SparkGrammar()), SECOND)
                .experiments()
                .get(0);
        Summaries summaries = new Summaries(groups, List.of(), Map.of());
        List<Result> results = Results.of(planned, View.CUMULATIVE, OptionalInt.empty(), summaries, Map.of());
        return HealthChecks.of(planned, counts, results, summaries);
    }

    private HealthCheck check(String name, String group) {
        List<HealthCheck> found =
                checks().stream().filter(check -> check.name().equals(name)).toList();
        assertThat(found).as(name).hasSize(1);
        assertThat(found.get(0).group()).isEqualTo(group);
        return found.get(0);
    }
}
