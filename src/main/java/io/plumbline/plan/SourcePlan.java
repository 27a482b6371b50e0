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
 * @param components without repeats, sorted by id; those of metrics, and of pairs of ids
 * @param ids the pairs of ids that the run's experiments need of the source
 * @param leaf the equality by which unit-days are kept apart
 * @param edges the cuts that the run's experiments make
 * @param otherEdges the cuts of the project's other experiments, kept where days have them already
 * @param firstDay the first day that some experiment of the run needs, or as of which there are results
 */
public record SourcePlan(
        MetricSource source,
        List<PlannedComponent> components,
        List<IdScan> ids,
        Optional<Leaf> leaf,
        List<Edges> edges,
        List<Edges> otherEdges,
        LocalDate firstDay) {
    public SourcePlan {
        components = List.copyOf(components);
        ids = List.copyOf(ids);
        edges = List.copyOf(edges);
        otherEdges = List.copyOf(otherEdges);
    }

    /** The source's name. */
    public String name() {
        return source.name();
    }

    /** The unit types by which rows are added up: the source's first, those of the experiments, and those that keep ids. */
    public List<String> unitTypes() {
        Stream<String> ofExperiments = edges.stream().map(Edges::unitType).sorted();
        Stream<String> ofIds = ids.stream().map(scan -> scan.keyType(source)).sorted();
        return Stream.of(Stream.of(source.firstUnit()), ofExperiments, ofIds)
                .flatMap(types -> types)
                .distinct()
                .toList();
    }

    /** The cuts by experiments that randomize a unit type. */
    public List<Edges> edgesOf(String unitType) {
        return edges.stream().filter(e -> e.unitType().equals(unitType)).toList();
    }

    /** The same source with some of its components, cut at some edges. */
    public SourcePlan with(List<PlannedComponent> someComponents, List<Edges> cuts, List<Edges> otherCuts) {
        return new SourcePlan(source, someComponents, ids, leaf, cuts, otherCuts, firstDay);
    }
}
