package io.plumbline.analysis;

import io.plumbline.experiment.Role;
import io.plumbline.experiment.View;
import io.plumbline.metric.DesiredChange;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.PlannedMetric;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether a treatment harms what must not get worse: a guardrail metric that moves significantly against its desired change
 * is an alert. A guardrail without a desired change cannot get worse, and has no check.
 */
final class GuardrailChecks {

    private GuardrailChecks() {}

    /** One check for every guardrail and treatment, from the top line of the cumulative results. */
    static List<HealthCheck> of(PlannedExperiment planned, List<Result> results) {
        Map<String, PlannedMetric> metrics =
                planned.metrics().stream().collect(Collectors.toMap(PlannedMetric::name, Function.identity()));
        return results.stream()
                .filter(result -> isGuardrail(result.key()))
                .filter(result -> result.inferred().isPresent() && desired(metrics, result) != DesiredChange.NONE)
                .map(result -> check(result, desired(metrics, result)))
                .toList();
    }

    private static boolean isGuardrail(ResultKey key) {
        return key.role() == Role.GUARDRAIL
                && key.view() == View.CUMULATIVE
                && key.slice().isTopLine()
                && key.step().isEmpty();
    }

    private static DesiredChange desired(Map<String, PlannedMetric> metrics, Result result) {
        PlannedMetric metric = metrics.get(result.key().metric());
        return metric == null ? DesiredChange.NONE : metric.metric().about().desiredChange();
    }

    private static HealthCheck check(Result result, DesiredChange desired) {
        Inferred inferred = result.inferred().orElseThrow();
        double effect = inferred.comparison().absolute().value();
        boolean worse = desired == DesiredChange.INCREASE ? effect < 0 : effect > 0;
        boolean harmed = worse && inferred.significant();
        String verdict = harmed
                ? "is significantly worse"
                : inferred.significant() ? "is significantly better" : "shows no significant change";
        String detail = String.format(
                Locale.ROOT,
                "guardrail %s %s; it should %s",
                result.key().metric(),
                verdict,
                desired == DesiredChange.INCREASE ? "not decrease" : "not increase");
        return new HealthCheck(
                result.key().experiment(),
                "guardrail " + result.key().metric(),
                result.key().group().name(),
                effect,
                inferred.comparison().pValue(),
                harmed ? HealthCheck.Status.ALERT : HealthCheck.Status.OK,
                detail);
    }
}
