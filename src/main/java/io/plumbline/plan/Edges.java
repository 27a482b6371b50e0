package io.plumbline.plan;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.Span;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The instants, counted from each unit's exposure, at which an experiment cuts a day of a source in two: exposure itself
 * and the ends of windows. A unit-day with an edge is kept in parts, so that totals are exact to the instant.
 *
 * @param experiment the experiment
 * @param unitType the unit type that it randomizes
 * @param exposureHash of all that decides who is exposed when
 * @param offsets elapsed time since exposure, sorted, without repeats
 */
public record Edges(String experiment, String unitType, String exposureHash, List<Duration> offsets) {

    public Edges {
        offsets = List.copyOf(offsets);
    }

    /** The edges that an experiment makes in a source. */
    static Edges of(PlannedExperiment experiment, String source) {
        List<Duration> offsets = experiment.metrics().stream()
                .flatMap(metric -> metric.totals().stream())
                .filter(total -> total.component().component().source().equals(source))
                .filter(total -> total.component().precision() == EventTime.Precision.INSTANT)
                .flatMap(total -> offsets(total.span()))
                .distinct()
                .sorted()
                .toList();
        return new Edges(experiment.name(), experiment.experiment().unit(), experiment.exposureHash(), offsets);
    }

    /** Spans before exposure end with a day, which cuts nothing. */
    private static Stream<Duration> offsets(Span span) {
        return span instanceof CohortWindow window
                ? Stream.concat(Stream.of(window.from()), window.to().stream())
                : Stream.empty();
    }

    /** A short text that differs whenever the cuts may differ; stored with every load of the source. */
    public String key() {
        return experiment + "@" + Canonical.hash(exposureHash, offsets);
    }
}
