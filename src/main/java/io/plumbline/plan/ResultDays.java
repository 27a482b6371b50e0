package io.plumbline.plan;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Period;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.UnitValue;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The days as of which an experiment has results. */
final class ResultDays {

    private ResultDays() {}

    /** Whether results as of a day can differ from those of the day before. */
    static boolean cover(Project project, Experiment experiment, LocalDate day) {
        return overlap(project, experiment, day, day);
    }

    /** Whether there is such a day from the first to the last, both included. */
    static boolean overlap(Project project, Experiment experiment, LocalDate first, LocalDate last) {
        return !last.isBefore(experiment.period().start())
                && last(project, experiment).filter(end -> end.isBefore(first)).isEmpty();
    }

    /**
     * The last of these days; empty while the experiment is open-ended. Where windows mature after the end, the day on
     * which the longest window of the unit exposed last is over and baked.
     */
    private static Optional<LocalDate> last(Project project, Experiment experiment) {
        Period period = experiment.period();
        if (period.afterEnd() == Period.AfterEnd.CUT) {
            return period.end();
        }
        return period.end()
                .map(end -> Stream.concat(Stream.of(end), matured(project, experiment, end))
                        .max(Comparator.naturalOrder())
                        .orElse(end));
    }

    private static Stream<LocalDate> matured(Project project, Experiment experiment, LocalDate end) {
        return experiment.metrics().keySet().stream()
                .flatMap(name -> Objects.requireNonNull(project.metrics().get(name)).sides().stream())
                .map(side -> {
                    CohortWindow window = side.window();
                    return lastDay(project, side, end, window.to().orElse(Duration.ZERO))
                            .plusDays(window.bakeDays());
                });
    }

    /** The local day of the last instant in the window of a unit exposed in the last instant of the end. */
    private static LocalDate lastDay(Project project, UnitValue side, LocalDate end, Duration to) {
        boolean daily = Objects.requireNonNull(
                                project.metricSources().get(side.component().source()))
                        .time()
                        .precision()
                == EventTime.Precision.DAY;
        return daily
                ? end.plusDays(to.toDays())
                : end.plusDays(1)
                        .atStartOfDay(project.zone())
                        .plus(to)
                        .minusNanos(1)
                        .toLocalDate();
    }
}
