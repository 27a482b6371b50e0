package io.plumbline.plan;

import java.util.List;

/** What totals of units depend on, as short texts that differ whenever the totals may. */
public final class TotalKeys {

    private TotalKeys() {}

    /**
     * A component over days.
     *
     * @param days what is known of how each of the days was read
     */
    public static String component(PlannedComponent component, List<String> days) {
        return component.id() + "@" + Canonical.hash(days);
    }

    /**
     * The windows of an experiment's units.
     *
     * @param exposures differs whenever a unit is exposed, or is exposed at another instant
     */
    public static String experiment(PlannedExperiment experiment, String exposures) {
        return "experiment " + experiment.name() + "@"
                + Canonical.hash(
                        experiment.experiment().period(), experiment.daysBefore(), spans(experiment), exposures);
    }

    private static List<String> spans(PlannedExperiment experiment) {
        return experiment.metrics().stream()
                .flatMap(metric -> experiment.totals(metric).stream())
                .map(total -> List.of(total.span(), total.component().precision()))
                .distinct()
                .map(Canonical::json)
                .sorted()
                .toList();
    }
}
