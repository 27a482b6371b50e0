package io.plumbline.unittotal;

import io.plumbline.unitday.UnitDaySchema;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Under which breakdown value a row of a source column is shown. Travels to the executors.
 *
 * @param named experiment → source column that it is broken down by → values that are shown by name
 */
record ShownValues(Map<String, Map<String, Set<String>>> named) implements Serializable {

    /** No experiment is broken down. */
    static final ShownValues NONE = new ShownValues(Map.of());

    /** The value itself or {@code (other)}; null where the experiment is not broken down by the column. */
    @Nullable
    String of(String experiment, String dimension, @Nullable String value) {
        Set<String> values = named.getOrDefault(experiment, Map.of()).get(dimension);
        if (values == null) {
            return null;
        }
        return value != null && values.contains(value) ? value : UnitDaySchema.OTHER;
    }
}
