package io.plumbline.definition;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.CountMetric;
import io.plumbline.metric.DesiredChange;
import io.plumbline.metric.Info;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricInfo;
import io.plumbline.metric.Selection;
import io.plumbline.metric.UnitCountMetric;
import java.util.List;
import java.util.Optional;

/**
 * The metrics that a source of raw events makes by itself: {@code <source>_event_count}, its rows, and {@code
 * <source>_event_units}, the units that have any; both broken down by the column that names the event. Their catalog
 * series are rows and daily active units per event. They have the tag {@value #TAG}, the owner of their source and no
 * direction, and are used by name like any other metric.
 *
 * <p>Both are made of one component without filters, so that a source has one state more for them, not one per event.
 */
final class EventMetrics {

    /** The key of a metric source that asks for them. */
    static final String KEY = "auto_event_metrics";

    /** The tag of metrics that nobody wrote. */
    static final String TAG = "generated";

    private EventMetrics() {}

    /** The names of the metrics of a source. */
    static List<String> names(String source) {
        return List.of(source + "_event_count", source + "_event_units");
    }

    /** The metrics of a checked source; empty when it does not ask for them. */
    static Optional<List<Metric>> of(Fields source) {
        return source.fields(KEY).map(options -> {
            String name = source.text("name");
            List<String> breakdowns = List.of(options.text("event_column"));
            Selection rows = new Selection(name, List.of());
            return List.of(
                    new CountMetric(
                            about(source, names(name).get(0), "Rows of " + name + " by event", breakdowns),
                            rows,
                            CohortWindow.ALL,
                            Optional.empty(),
                            Optional.empty()),
                    new UnitCountMetric(
                            about(source, names(name).get(1), "Units in " + name + " by event", breakdowns),
                            rows,
                            UnitCountMetric.Mode.ONE_TIME_EVENT,
                            CohortWindow.ALL));
        });
    }

    private static MetricInfo about(Fields source, String name, String description, List<String> breakdowns) {
        Info info = new Info(
                name,
                description,
                source.optional("owner").orElse(""),
                List.of(TAG),
                source.place(KEY).toString());
        return new MetricInfo(info, DesiredChange.NONE, breakdowns);
    }
}
