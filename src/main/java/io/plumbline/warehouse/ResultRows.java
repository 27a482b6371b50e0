package io.plumbline.warehouse;

import static io.plumbline.warehouse.TypedRows.finite;

import io.plumbline.analysis.HealthCheck;
import io.plumbline.analysis.Inferred;
import io.plumbline.analysis.Result;
import io.plumbline.analysis.Scorecard;
import io.plumbline.metric.Measure;
import io.plumbline.statistics.Comparison;
import io.plumbline.statistics.Estimate;
import java.sql.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Scorecards as rows of the output tables. Undefined numbers are null. */
public final class ResultRows {

    private static final StructType RESULTS = Tables.EXPERIMENT_RESULTS.schema();
    private static final StructType HEALTH = Tables.EXPERIMENT_HEALTH.schema();

    private ResultRows() {}

    /** Rows of {@link Tables#EXPERIMENT_RESULTS}. */
    public static List<Row> results(Scorecard scorecard, String runId) {
        return scorecard.results().stream()
                .map(result -> {
                    Map<String, @Nullable Object> values = new HashMap<>();
                    values.put("ds", Date.valueOf(scorecard.asOf()));
                    values.put("run_id", runId);
                    key(result, values);
                    group(result, values);
                    result.inferred().ifPresent(inferred -> inferred(result, inferred, values));
                    return TypedRows.of(RESULTS, values);
                })
                .toList();
    }

    private static void key(Result result, Map<String, @Nullable Object> values) {
        values.put("experiment", result.key().experiment());
        values.put("metric", result.key().metric());
        values.put("metric_hash", result.key().metricHash());
        values.put("role", result.key().role().label());
        values.put("view", result.key().view().label());
        OptionalInt dayIndex = result.key().dayIndex();
        values.put("day_index", dayIndex.isPresent() ? dayIndex.getAsInt() : null);
        values.put("step", result.key().step().map(Measure.Step::index).orElse(null));
        values.put("step_name", result.key().step().map(Measure.Step::name).orElse(null));
        values.put("dimension", result.key().slice().dimension());
        values.put("dimension_value", result.key().slice().value());
        values.put("group_name", result.key().group().name());
        values.put("is_control", result.key().isControl());
    }

    private static void group(Result result, Map<String, @Nullable Object> values) {
        boolean known = Double.isFinite(result.totals().numerator());
        values.put("units", known ? result.estimate().unadjusted().n() : null);
        values.put("total", finite(result.totals().numerator()));
        values.put("denominator", finite(result.totals().denominator()));
        Estimate adjusted = result.estimate().adjusted();
        values.put("mean", finite(adjusted.mean()));
        values.put("variance", finite(adjusted.variance()));
        values.put("std_error", finite(adjusted.standardError()));
        values.put("unadjusted_mean", finite(result.estimate().unadjusted().mean()));
        result.cuped().ifPresent(cuped -> {
            values.put("cuped_applied", cuped.applied());
            values.put("variance_reduction", finite(cuped.varianceReduction()));
        });
        values.put("winsor_lower", finite(result.bounds().lower()));
        values.put("winsor_upper", finite(result.bounds().upper()));
        values.put("winsorized_units", known ? result.winsorizedUnits() : null);
        values.put("alpha", result.alpha());
        values.put("reason", result.reason().orElse(null));
    }

    private static void inferred(Result result, Inferred inferred, Map<String, @Nullable Object> values) {
        Comparison comparison = inferred.comparison();
        values.put("control_mean", finite(result.controlMean()));
        values.put("abs_effect", finite(comparison.absolute().value()));
        values.put("abs_ci_low", finite(comparison.absolute().interval().lower()));
        values.put("abs_ci_high", finite(comparison.absolute().interval().upper()));
        values.put("rel_effect", finite(comparison.relative().value()));
        values.put("rel_ci_low", finite(comparison.relative().interval().lower()));
        values.put("rel_ci_high", finite(comparison.relative().interval().upper()));
        values.put("p_value", finite(comparison.pValue()));
        values.put("significant", Double.isNaN(comparison.pValue()) ? null : inferred.significant());
        values.put("alpha", comparison.inference().alpha());
        values.put("adjusted_p_value", finite(inferred.adjustedPValue()));
        inferred.alwaysValid().ifPresent(sequence -> {
            values.put(
                    "sequential_ci_low", finite(sequence.absolute().interval().lower()));
            values.put(
                    "sequential_ci_high", finite(sequence.absolute().interval().upper()));
            values.put("sequential_p_value", finite(sequence.pValue()));
        });
        values.put("chance_to_beat", finite(inferred.posterior().chanceToBeat()));
        values.put("expected_loss", finite(inferred.posterior().expectedLoss()));
        values.put("topline_impact", finite(inferred.dailyImpact().value()));
        values.put("mde", finite(inferred.minimumDetectableEffect()));
    }

    /** Rows of {@link Tables#EXPERIMENT_HEALTH}. */
    public static List<Row> health(Scorecard scorecard, String runId) {
        return scorecard.health().stream()
                .map(check -> TypedRows.of(HEALTH, health(scorecard, check, runId)))
                .toList();
    }

    private static Map<String, @Nullable Object> health(Scorecard scorecard, HealthCheck check, String runId) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("ds", Date.valueOf(scorecard.asOf()));
        values.put("experiment", check.experiment());
        values.put("check_name", check.name());
        values.put("group_name", check.group());
        values.put("value", finite(check.value()));
        values.put("p_value", finite(check.pValue()));
        values.put("status", check.status().label());
        values.put("detail", check.detail());
        values.put("run_id", runId);
        return values;
    }
}
