package io.plumbline.experiment;

import io.plumbline.metric.Info;
import io.plumbline.metric.MetricSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A comparison of groups of units.
 *
 * @param info name, description, owner, tags and place of the definition; the name is what the assignment source says
 * @param assignmentSource name of the source of exposures
 * @param units which units are analysed, and by which ids their events are found
 * @param period days on which units may be exposed
 * @param groups two or more, one of them the control
 * @param metrics metric name → its role, in the order of roles and then as written
 * @param breakdowns unit properties by which every metric is also shown
 * @param views which result rows are kept, cumulative always
 * @param analysis how groups are compared
 */
public record Experiment(
        Info info,
        String assignmentSource,
        UnitRule units,
        Period period,
        List<Group> groups,
        Map<String, Role> metrics,
        List<String> breakdowns,
        List<View> views,
        AnalysisSettings analysis) {

    public Experiment {
        groups = List.copyOf(groups);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        breakdowns = List.copyOf(breakdowns);
        views = List.copyOf(views);
    }

    /** The experiment's name. */
    public String name() {
        return info.name();
    }

    /** The unit type that is randomized and analysed. */
    public String unit() {
        return units.type();
    }

    /** What happens to units seen in several groups. */
    public Crossover crossover() {
        return units.crossover();
    }

    /** How events are found that carry another id than the unit's; empty when all carry it. */
    public Optional<IdResolution> idResolution() {
        return units.idResolution();
    }

    /**
     * The unit type by which the rows of a source are found: the experiment's, or the resolution's where the source lacks
     * it.
     */
    public String unitOf(MetricSource source) {
        return source.units().containsKey(unit())
                ? unit()
                : idResolution().map(IdResolution::eventUnit).orElse(unit());
    }

    /** The group that the others are compared with; validation makes sure that there is exactly one. */
    public Group control() {
        Optional<Group> control =
                groups.stream().filter(g -> g.role() == Group.Role.CONTROL).findFirst();
        return control.orElseThrow(() -> new IllegalStateException("experiment '" + name() + "' has no control group"));
    }

    /** The same experiment, also shown by a unit property. */
    public Experiment brokenDownBy(String property) {
        List<String> properties = Stream.concat(breakdowns.stream(), Stream.of(property))
                .distinct()
                .toList();
        return new Experiment(info, assignmentSource, units, period, groups, metrics, properties, views, analysis);
    }
}
