package io.plumbline.plan;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.MetricSource;
import io.plumbline.metric.Span;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The instants, counted from each unit's exposure, at which an experiment cuts a day of a source in two: exposure itself
 * and the ends of windows. A unit-day with an edge is kept in parts, so that totals are exact to the instant.
 *
 * @param experiment the experiment
 * @param unitType the unit type by which the source's rows are found: the one that it randomizes, but for resolved ids
 * @param firstDay the first day on which a unit may be exposed
 * @param exposureHash of all that decides who is exposed when
 * @param ids where the units of rows with another id are found; empty when rows carry the exposed id
 * @param offsets elapsed time since exposure, sorted, without repeats
 */
public record Edges(
        String experiment,
        String unitType,
        LocalDate firstDay,
        String exposureHash,
        Optional<IdScan> ids,
        List<Duration> offsets) {

    public Edges {
        offsets = List.copyOf(offsets);
    }

    /** The edges that an experiment makes in a source. */
    static Edges of(PlannedExperiment experiment, MetricSource source) {
        List<Duration> offsets = experiment.metrics().stream()
                .flatMap(metric -> metric.totals().stream())
                .filter(total -> total.component().component().source().equals(source.name()))
                .filter(total -> total.component().precision() == EventTime.Precision.INSTANT)
                .flatMap(total -> offsets(total.span()))
                .distinct()
                .sorted()
                .toList();
        String unitType = experiment.experiment().unitOf(source);
        boolean resolved = !unitType.equals(experiment.experiment().unit());
        return new Edges(
                experiment.name(),
                unitType,
                experiment.experiment().period().start(),
                experiment.exposureHash(),
                experiment.ids().filter(ids -> resolved),
                offsets);
    }

    /** Spans before exposure end with a day, which cuts nothing. */
    private static Stream<Duration> offsets(Span span) {
        return span instanceof CohortWindow window
                ? Stream.concat(Stream.of(window.from()), window.to().stream())
                : Stream.empty();
    }

    /** Whether some unit may have an edge on a day. */
    public boolean mayCut(LocalDate day) {
        return !offsets.isEmpty() && !day.isBefore(firstDay);
    }

    /** The experiment as far as it decides who is exposed when; recorded with every load of its assignment source. */
    public String exposureKey() {
        return PlannedExperiment.exposureKey(experiment, exposureHash);
    }

    /** A short text that differs whenever the cuts may differ; stored with every load of the source. */
    public String key() {
        String hash = ids.map(scan -> Canonical.hash(exposureHash, offsets, scan.hash()))
                .orElseGet(() -> Canonical.hash(exposureHash, offsets));
        return experiment + "@" + hash;
    }
}
