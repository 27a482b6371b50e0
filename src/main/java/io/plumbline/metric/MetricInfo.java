package io.plumbline.metric;

import java.util.List;

/**
 * What every metric has, whatever its type.
 *
 * @param info name, description, owner, tags and place of the definition
 * @param desiredChange the direction that is good for the business
 * @param breakdowns columns of the source by which the metric is also shown
 */
public record MetricInfo(Info info, DesiredChange desiredChange, List<String> breakdowns) {

    public MetricInfo {
        breakdowns = List.copyOf(breakdowns);
    }
}
