package io.plumbline.plan;

import io.plumbline.metric.MetricSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is computed from one metric source, in one scan.
 *
 * @param source the definition
 * @param components without repeats, sorted by id
 * @param leaf the equality by which unit-days are kept apart
 * @param edges the cuts that the run's experiments make
 * @param otherEdges the cuts of the project's other experiments, kept where days have them already
 * @param firstDay the first day that some experiment of the run needs, or as of which there are results
 */
public record SourcePlan(
        MetricSource source,
        List<PlannedComponent> components,
        Optional<Leaf> leaf,
        List<Edges> edges,
        List<Edges> otherEdges,
        LocalDate firstDay) {
    public SourcePlan {
        components = List.copyOf(components);
        edges = List.copyOf(edges);
        otherEdges = List.copyOf(otherEdges);
    }

    /** The source's name. */
    public String name() {
        return source.name();
    }

    /** The unit types by which rows are added up: the source's first, and those of the experiments. */
    public List<String> unitTypes() {
        Stream<String> ofExperiments = edges.stream().map(Edges::unitType).sorted();
        return Stream.concat(Stream.of(source.firstUnit()), ofExperiments)
                .distinct()
                .toList();
    }

    /** The cuts by experiments that randomize a unit type. */
    public List<Edges> edgesOf(String unitType) {
        return edges.stream().filter(e -> e.unitType().equals(unitType)).toList();
    }

    /** The same source with some of its components, cut at some edges. */
    public SourcePlan with(List<PlannedComponent> someComponents, List<Edges> cuts, List<Edges> otherCuts) {
        return new SourcePlan(source, someComponents, leaf, cuts, otherCuts, firstDay);
    }
}
