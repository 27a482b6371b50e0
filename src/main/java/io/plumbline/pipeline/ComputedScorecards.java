package io.plumbline.pipeline;

import io.plumbline.analysis.Scorecard;
import io.plumbline.exposure.ExposureCount;
import io.plumbline.plan.PlannedExperiment;
import io.plumbline.plan.RunPlan;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The scorecards that a run has computed, by as-of day. Safe for use by several threads. */
final class ComputedScorecards {

    private final Map<LocalDate, Map<String, Scorecard>> scorecards = new ConcurrentHashMap<>();
    private final Map<LocalDate, List<ExposureCount>> counts = new ConcurrentHashMap<>();

    void add(LocalDate asOf, List<Scorecard> found, List<ExposureCount> exposed) {
        Map<String, Scorecard> byName = new HashMap<>();
        found.forEach(scorecard -> byName.put(scorecard.experiment().name(), scorecard));
        scorecards.computeIfAbsent(asOf, day -> new ConcurrentHashMap<>()).putAll(byName);
        counts.computeIfAbsent(asOf, day -> new CopyOnWriteArrayList<>()).addAll(exposed);
    }

    boolean isEmpty() {
        return scorecards.isEmpty();
    }

    /** Whether there are any as of a day. */
    boolean areThere(LocalDate asOf) {
        return scorecards.containsKey(asOf);
    }

    /** Those of a day, in the order of its plan's experiments. */
    List<Scorecard> of(RunPlan day) {
        Map<String, Scorecard> found = scorecards.getOrDefault(day.asOf(), Map.of());
        return day.experiments().stream()
                .flatMap(e -> Optional.ofNullable(found.get(e.name())).stream())
                .toList();
    }

    /** Names of the experiments of a day that have none. */
    Set<String> lacking(RunPlan day) {
        Set<String> found = scorecards.getOrDefault(day.asOf(), Map.of()).keySet();
        return day.experiments().stream()
                .map(PlannedExperiment::name)
                .filter(name -> !found.contains(name))
                .collect(Collectors.toSet());
    }

    /**
     * What is published of a day.
     *
     * @param untouched names of other experiments that keep the results they have
     */
    DayScorecards published(RunPlan day, Set<String> untouched) {
        Set<String> kept = new TreeSet<>(lacking(day));
        kept.addAll(untouched);
        return new DayScorecards(of(day), counts.getOrDefault(day.asOf(), List.of()), kept);
    }
}
