package io.plumbline.plan;

import io.plumbline.definition.Project;
import io.plumbline.experiment.IdResolution;
import io.plumbline.metric.Aggregate;
import io.plumbline.metric.Component;
import io.plumbline.metric.Filter;
import io.plumbline.metric.FilterOp;
import io.plumbline.metric.Location;
import io.plumbline.metric.MetricSource;
import io.plumbline.metric.Selection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pairs of ids that are read of one source for all experiments that resolve the same two unit types by it.
 *
 * <p>Of a metric source they are a component among others: for each unit and day the different ids of the other type, kept
 * with the unit-days that its one scan gives. Other sources are scanned for their pairs alone.
 *
 * @param origin what kind of source it is
 * @param source its name
 * @param unitType unit type of the exposures
 * @param eventUnitType unit type of the events
 * @param hash of the source and the two types
 * @param component what keeps the pairs of a metric source; empty for other sources
 */
public record IdScan(
        IdResolution.Origin origin,
        String source,
        String unitType,
        String eventUnitType,
        String hash,
        Optional<PlannedComponent> component) {

    /** What an experiment's resolution needs, without the component. */
    static IdScan of(Project project, String unitType, IdResolution resolution) {
        Record definition = switch (resolution.origin()) {
            case METRIC_SOURCE -> named(project.metricSources(), resolution.source());
            case ASSIGNMENT_SOURCE -> named(project.assignmentSources(), resolution.source());
            case PROPERTY_SOURCE -> named(project.propertySources(), resolution.source());
        };
        String hash = Canonical.hash(definition, unitType, resolution.eventUnit(), project.zone());
        return new IdScan(
                resolution.origin(), resolution.source(), unitType, resolution.eventUnit(), hash, Optional.empty());
    }

    /** The same with the component that keeps the pairs of a metric source. */
    IdScan with(Project project, Function<Component, PlannedComponent> planned) {
        return isOfUnitDays()
                ? new IdScan(
                        origin,
                        source,
                        unitType,
                        eventUnitType,
                        hash,
                        Optional.of(planned.apply(component(named(project.metricSources(), source)))))
                : this;
    }

    /** What experiments need, each once, in their order. */
    static List<IdScan> of(List<PlannedExperiment> experiments) {
        List<IdScan> scans = new ArrayList<>();
        experiments.forEach(experiment ->
                experiment.ids().filter(scan -> !scans.contains(scan)).ifPresent(scans::add));
        return scans;
    }

    /** Those of the experiments that need the scan. */
    public List<PlannedExperiment> users(List<PlannedExperiment> experiments) {
        return experiments.stream()
                .filter(experiment -> experiment.ids().filter(this::equals).isPresent())
                .toList();
    }

    /** The first day of the experiments, and with it the first whose pairs are read. */
    public LocalDate firstDay(List<PlannedExperiment> experiments) {
        return users(experiments).stream()
                .map(experiment -> experiment.experiment().period().start())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The last day whose data counts for some of the experiments. */
    public LocalDate lastDay(List<PlannedExperiment> experiments) {
        return users(experiments).stream()
                .map(PlannedExperiment::lastWindowDay)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Whether the source is read whole in every run, because what it holds has no day. */
    public boolean isReadWhole() {
        return origin == IdResolution.Origin.PROPERTY_SOURCE;
    }

    /** Whether the pairs come with the unit-days of their source. */
    public boolean isOfUnitDays() {
        return origin == IdResolution.Origin.METRIC_SOURCE;
    }

    /** The unit type of the unit-days that keep the pairs: the source's own if it is one of the two. */
    public String keyType(MetricSource keeper) {
        return keeper.firstUnit().equals(eventUnitType) ? eventUnitType : unitType;
    }

    /** For a unit of the type of the unit-days, the ids of the other type that rows have beside its own. */
    private Component component(MetricSource keeper) {
        String key = keyType(keeper);
        String other = keeper.unitColumn(key.equals(unitType) ? eventUnitType : unitType);
        List<Filter> both = List.of(
                new Filter.Comparison(keeper.unitColumn(key), FilterOp.NOT_NULL, List.of()),
                new Filter.Comparison(other, FilterOp.NOT_NULL, List.of()));
        return Component.of(
                new Selection(keeper.name(), both), Aggregate.DISTINCT, "CAST(" + SqlText.name(other) + " AS STRING)");
    }

    /** Where the source's rows are. */
    Location location(Project project) {
        return switch (origin) {
            case METRIC_SOURCE -> named(project.metricSources(), source).location();
            case ASSIGNMENT_SOURCE -> named(project.assignmentSources(), source).location();
            case PROPERTY_SOURCE -> named(project.propertySources(), source).location();
        };
    }

    /** The column that holds the ids of a unit type. */
    public String column(Project project, String type) {
        return switch (origin) {
            case METRIC_SOURCE -> named(project.metricSources(), source).unitColumn(type);
            case ASSIGNMENT_SOURCE -> named(project.assignmentSources(), source).unitColumn(type);
            case PROPERTY_SOURCE -> named(project.propertySources(), source).unitColumn(type);
        };
    }

    /** The kind and the name of the source: {@code property_source accounts}. */
    public String label() {
        return origin.of(source);
    }

    /** A short text that differs whenever the pairs may differ; stored with every day that was read. */
    public String key() {
        return unitType + "-" + eventUnitType + "@" + hash;
    }

    private static <T> T named(Map<String, T> sources, String name) {
        return Objects.requireNonNull(sources.get(name), () -> "source '" + name + "' is not defined");
    }
}
