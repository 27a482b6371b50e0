package io.plumbline.analysis;

import io.plumbline.experiment.AnalysisSettings;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.MultipleComparisons;
import io.plumbline.experiment.Role;
import io.plumbline.metric.DesiredChange;
import io.plumbline.statistics.AdjustedEstimate;
import io.plumbline.statistics.AlwaysValidComparison;
import io.plumbline.statistics.Comparison;
import io.plumbline.statistics.Inference;
import io.plumbline.statistics.Posterior;
import io.plumbline.statistics.TopLineImpact;
import io.plumbline.summary.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the treatments of an experiment with its control, all of one view together, because a correction for several
 * comparisons has to see them all.
 *
 * <p>Always-valid intervals are those of each comparison alone: no theory covers an alpha that depends on the data.
 *
 * <p>A family is made of rows of one breakdown value: top-line rows are never mixed with others. Steps of funnels explain
 * their funnel and are in no family.
 */
final class Comparisons {

    /**
     * A treatment and its control.
     *
     * @param key what the result is about
     * @param desired the direction that is good
     * @param control the control's estimate
     * @param treatment the treatment's
     * @param treated Σ denominator of the treatment, for a mean its number of units; NaN for a percentile, which no sum is
     *     part of
     * @param normalFrom degrees of freedom from which on the normal distribution is used
     */
    record Pair(
            ResultKey key,
            DesiredChange desired,
            AdjustedEstimate control,
            AdjustedEstimate treatment,
            double treated,
            double normalFrom) {}

    private record Family(Slice slice, String metric, String group) {}

    private final AnalysisSettings settings;
    private final double days;

    private Comparisons(AnalysisSettings settings, double days) {
        this.settings = settings;
        this.days = days;
    }

    /**
     * What is concluded from each pair.
     *
     * @param days number of days over which the values were gathered
     */
    static Map<ResultKey, Inferred> of(Experiment experiment, List<Pair> pairs, double days) {
        Comparisons comparisons = new Comparisons(experiment.analysis(), days);
        Map<ResultKey, Inferred> inferred = new HashMap<>();
        comparisons.families(pairs).values().forEach(family -> comparisons.compare(family, inferred));
        pairs.stream()
                .filter(pair -> !inferred.containsKey(pair.key()))
                .forEach(pair -> inferred.put(pair.key(), comparisons.single(pair)));
        return inferred;
    }

    private Map<Family, List<Pair>> families(List<Pair> pairs) {
        Map<Family, List<Pair>> families = new LinkedHashMap<>();
        settings.correction()
                .ifPresent(rule -> pairs.stream()
                        .filter(pair -> isCorrected(pair.key(), rule))
                        .forEach(pair -> families.computeIfAbsent(family(pair.key(), rule), key -> new ArrayList<>())
                                .add(pair)));
        return families;
    }

    private static boolean isCorrected(ResultKey key, MultipleComparisons rule) {
        boolean inScope = rule.scope() == MultipleComparisons.Scope.ALL || key.role() == Role.PRIMARY;
        return inScope && key.step().isEmpty();
    }

    private static Family family(ResultKey key, MultipleComparisons rule) {
        boolean overMetrics = rule.over().contains(MultipleComparisons.Over.METRICS);
        boolean overGroups = rule.over().contains(MultipleComparisons.Over.GROUPS);
        return new Family(
                key.slice(),
                overMetrics ? "" : key.metric(),
                overGroups ? "" : key.group().name());
    }

    private void compare(List<Pair> family, Map<ResultKey, Inferred> inferred) {
        var correction = settings.correction().orElseThrow().correction();
        double[] pValues = family.stream()
                .mapToDouble(pair -> compared(pair, settings.inference()).pValue())
                .toArray();
        double[] adjusted = correction.adjustedPValues(pValues);
        Inference inference = settings.inference().withAlpha(correction.adjustedAlpha(pValues, settings.alpha()));
        for (int i = 0; i < family.size(); i++) {
            Pair pair = family.get(i);
            inferred.put(pair.key(), inferred(pair, compared(pair, inference), adjusted[i]));
        }
    }

    private Inferred single(Pair pair) {
        return inferred(pair, compared(pair, settings.inference()), Double.NaN);
    }

    private static Comparison compared(Pair pair, Inference inference) {
        return Comparison.of(pair.control(), pair.treatment(), inference.withNormalFrom(pair.normalFrom()));
    }

    private Inferred inferred(Pair pair, Comparison comparison, double adjustedPValue) {
        Comparison nominal = compared(pair, settings.inference());
        Posterior.Better better =
                pair.desired() == DesiredChange.DECREASE ? Posterior.Better.LOWER : Posterior.Better.HIGHER;
        Optional<AlwaysValidComparison> alwaysValid = settings.plannedUnits().isPresent()
                ? Optional.of(AlwaysValidComparison.of(
                        nominal, settings.plannedUnits().getAsLong()))
                : Optional.empty();
        return new Inferred(
                settings.alpha(),
                comparison,
                adjustedPValue,
                alwaysValid,
                Posterior.of(nominal, settings.prior(), better),
                TopLineImpact.perDay(comparison, pair.treated(), days),
                settings.powerTarget().minimumDetectableEffect(nominal));
    }
}
