package io.plumbline.metric;

import java.util.List;

/**
 * The rows of a source that a metric is made of.
 *
 * @param source name of a metric source
 * @param filters all must be true
 */
public record Selection(String source, List<Filter> filters) {
    public Selection {
        filters = List.copyOf(filters);
    }
}
