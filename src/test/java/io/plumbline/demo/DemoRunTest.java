package io.plumbline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.experiment.Experiment;
import io.plumbline.metric.Population;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.RunReport;
import io.plumbline.pipeline.StepReport;
import io.plumbline.plan.MetricSql;
import io.plumbline.source.SparkGrammar;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's scorecards find what was planted in its shop, and the split that was broken. */
class DemoRunTest extends SparkTest {

    /** The last day on which all three experiments have results. */
    private static final LocalDate DAY = LocalDate.parse("2026-03-11");

    @TempDir
    static Path folder;

    private static Plumbline plumbline;
    private static List<Row> treatments = List.of();

    @BeforeAll
    static void runTheDay() {
        DemoProject.create(folder);
        new Shop(spark(), ShopSettings.DEFAULT).write(DemoProject.data(folder), DAY);
        plumbline = Plumbline.on(spark(), ProjectLoader.load(folder, Map.of(), new SparkGrammar()));
        RunReport report = plumbline.run(DAY, Progress.NONE);
        assertThat(report.steps()).allMatch(step -> step.status() == StepReport.Status.OK);
        treatments = plumbline.table("v_scorecard").filter("NOT is_control").collectAsList();
    }

    @Test
    void theIntervalsCoverEveryEffectThatWasPlanted() {
        List<PlantedEffect> planted =
                shown().stream().filter(effect -> effect.relativeEffect() != 0).toList();
        assertThat(planted).hasSizeGreaterThan(8).allMatch(this::isCovered);
    }

    /** One interval in twenty, or in ten where alpha is 0.1, misses by chance: of 28, more than 6 do so once in 100 seeds. */
    @Test
    void whereNothingWasPlantedFewIntervalsMissZero() {
        List<PlantedEffect> none =
                shown().stream().filter(effect -> effect.relativeEffect() == 0).toList();
        assertThat(none).hasSizeGreaterThan(20);
        assertThat(none.stream().filter(effect -> !isCovered(effect))).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void whatVisitorsSpentBeforeMakesTheRevenueMorePrecise() {
        for (String metric : List.of("revenue", "revenue_trimmed", "checkouts")) {
            Row row = treatments.stream()
                    .filter(r -> r.getAs("experiment").equals("ranking_v2")
                            && r.getAs("metric").equals(metric))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.<Boolean>getAs("cuped_applied")).as(metric).isTrue();
            assertThat(row.<Double>getAs("variance_reduction")).as(metric).isPositive();
        }
    }

    @Test
    void onlyTheBrokenSplitIsAlarmed() {
        Map<String, String> status =
                plumbline.table("v_health").filter("check_name = 'sample_ratio'").collectAsList().stream()
                        .collect(Collectors.toMap(row -> row.getAs("experiment"), row -> row.getAs("status")));
        assertThat(status)
                .containsEntry(PlantedEffects.SAMPLE_RATIO_MISMATCH, "alert")
                .hasSize(3);
        status.remove(PlantedEffects.SAMPLE_RATIO_MISMATCH);
        assertThat(status.values()).containsOnly("ok");
    }

    @Test
    void theSqlOfEveryThirdMetricGivesTheNumbersOfTheRun() {
        assertSqlGivesTheNumbers(3);
    }

    @Tag("slow")
    @Test
    void theSqlOfEveryMetricGivesTheNumbersOfTheRun() {
        assertSqlGivesTheNumbers(1);
    }

    /** The SQL that explains a metric, against what the engine computed from unit-days; of every so-manieth metric. */
    private static void assertSqlGivesTheNumbers(int step) {
        Project project = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
        List<Row> expected =
                plumbline.table("v_scorecard").filter("step IS NULL").collectAsList();
        Map<String, Experiment> firstUsers = new LinkedHashMap<>();
        project.experiments()
                .values()
                .forEach(e -> e.metrics().keySet().forEach(metric -> firstUsers.putIfAbsent(metric, e)));
        assertThat(firstUsers.keySet())
                .containsExactlyInAnyOrderElementsOf(project.metrics().keySet());
        List<String> names = List.copyOf(firstUsers.keySet());
        IntStream.range(0, names.size())
                .filter(i -> i % step == 0)
                .mapToObj(names::get)
                .forEach(metric -> {
                    Experiment experiment = Objects.requireNonNull(firstUsers.get(metric));
                    List<Row> computed = computed(
                            MetricSql.statements(project, project.metrics().get(metric), experiment, DAY));
                    assertThat(computed).as(metric).hasSize(experiment.groups().size());
                    Map<Row, Row> pairs = new LinkedHashMap<>();
                    computed.forEach(row -> pairs.put(row, stored(row, expected, experiment.name(), metric)));
                    pairs.forEach((row, result) -> assertSame(experiment.name() + " " + metric, row, result));
                    if (Objects.requireNonNull(project.metrics().get(metric))
                                    .measure()
                                    .population()
                            == Population.ALL_UNITS) {
                        assertReduction(experiment.name() + " " + metric, pairs);
                    }
                });
    }

    private static List<PlantedEffect> shown() {
        return PlantedEffects.all().stream()
                .filter(effect -> result(effect).isPresent())
                .toList();
    }

    private boolean isCovered(PlantedEffect effect) {
        Row result = result(effect).orElseThrow();
        return result.<Double>getAs("rel_ci_low") <= effect.relativeEffect()
                && effect.relativeEffect() <= result.<Double>getAs("rel_ci_high");
    }

    private static Optional<Row> result(PlantedEffect effect) {
        return treatments.stream()
                .filter(row -> List.of(effect.experiment(), effect.metric(), effect.group())
                        .equals(List.of(row.getAs("experiment"), row.getAs("metric"), row.getAs("group_name"))))
                .findFirst();
    }

    private static List<Row> computed(List<String> statements) {
        SparkSession session = spark().newSession();
        Dataset<Row> last = session.emptyDataFrame();
        for (String statement : statements) {
            last = session.sql(statement);
        }
        return last.collectAsList();
    }

    private static Row stored(Row computed, List<Row> results, String experiment, String metric) {
        return results.stream()
                .filter(row -> row.getAs("experiment").equals(experiment)
                        && row.getAs("metric").equals(metric)
                        && row.getAs("group_name").equals(computed.getAs("group_name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no result of " + experiment + " " + metric));
    }

    /** The numbers before covariates adjust them: all but the variances of adjusted rows. */
    private static void assertSame(String metric, Row computed, Row stored) {
        String what = metric + " " + computed.getAs("group_name");
        assertThat((Long) computed.getAs("units")).as(what + " units").isEqualTo(stored.<Long>getAs("units"));
        assertClose(what + " total", computed.getAs("total"), stored.getAs("total"));
        assertClose(what + " mean", computed.getAs("mean"), stored.getAs("unadjusted_mean"));
        if (!isAdjusted(stored)) {
            assertClose(what + " variance", computed.getAs("variance"), stored.getAs("variance"));
            assertClose(what + " std_error", computed.getAs("std_error"), stored.getAs("std_error"));
        }
    }

    /** Variances of adjusted rows are as much less as the rows say, over all groups, where all units take part. */
    private static void assertReduction(String metric, Map<Row, Row> pairs) {
        if (pairs.values().stream().allMatch(DemoRunTest::isAdjusted)) {
            double kept = squares(pairs.values()) / squares(pairs.keySet());
            Double reduction = pairs.values().iterator().next().getAs("variance_reduction");
            assertClose(metric + " variance_reduction", 1 - kept, reduction);
        }
    }

    private static double squares(Collection<Row> rows) {
        return rows.stream()
                .mapToDouble(row -> Math.pow(row.<Double>getAs("std_error"), 2))
                .sum();
    }

    private static boolean isAdjusted(Row stored) {
        return Boolean.TRUE.equals(stored.getAs("cuped_applied"));
    }

    private static void assertClose(String what, @Nullable Double found, @Nullable Double wanted) {
        if (wanted == null) {
            assertThat(found).as(what).isNull();
        } else {
            assertThat(found).as(what).isCloseTo(wanted, within(1e-9 * Math.max(1, Math.abs(wanted))));
        }
    }
}
