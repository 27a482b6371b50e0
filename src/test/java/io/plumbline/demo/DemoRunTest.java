package io.plumbline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.RunReport;
import io.plumbline.pipeline.StepReport;
import io.plumbline.source.SparkGrammar;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
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
}
