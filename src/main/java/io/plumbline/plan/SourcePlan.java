package io.plumbline.plan;

import io.plumbline.metric.MetricSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is computed from one metric source, in one scan.
 *
 * @param source the definition
 * @param components without repeats, sorted by id
 * @param leaf the equality by which unit-days are kept apart
 * @param unitTypes the unit types of the experiments that use the source, and its own first
 * @param edges unit type → the cuts that experiments make
 * @param firstDay the first day that some experiment needs; the as-of day when none does
 */
public record SourcePlan(
        MetricSource source,
        List<PlannedComponent> components,
        Optional<Leaf> leaf,
        List<String> unitTypes,
        Map<String, List<Edges>> edges,
        LocalDate firstDay) {
    public SourcePlan {
        components = List.copyOf(components);
        unitTypes = List.copyOf(unitTypes);
        edges = Map.copyOf(edges);
    }

    /** The source's name. */
    public String name() {
        return source.name();
    }

    /** The same source with some of its components only. */
    public SourcePlan withComponents(List<PlannedComponent> some) {
        return new SourcePlan(source, some, leaf, unitTypes, edges, firstDay);
    }
}
