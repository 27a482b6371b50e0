package io.plumbline.plan;

import io.plumbline.metric.Component;
import io.plumbline.metric.EventTime;
import java.util.List;

/**
 * A component as it is computed and stored: once per source, for all metrics and experiments that need it.
 *
 * @param id {@code c} and 12 hexadecimal digits of the hash of the component, its dimensions and its source's definition; the columns
 *     that hold its state are {@code <id>__<part>}
 * @param component what is added up
 * @param precision whether the source knows the time of day
 * @param dimensions columns by which some metric also breaks it down, sorted
 */
public record PlannedComponent(String id, Component component, EventTime.Precision precision, List<String> dimensions) {
    public PlannedComponent {
        dimensions = List.copyOf(dimensions);
    }

    /** Whether a text is the id of some component. */
    public static boolean isId(String text) {
        return text.matches("c[0-9a-f]{12}");
    }

    /** The name of the column that holds a part of the state. */
    public String column(String part) {
        return id + "__" + part;
    }
}
