package io.plumbline.unittotal;

import io.plumbline.metric.EventTime;
import java.io.Serializable;
import java.util.List;

/**
 * How the funnel of a metric is read. Travels to the executors.
 *
 * @param totals numbers of the totals with its moments, one per source
 * @param rule when it is completed
 * @param precision whether its sources know instants or days
 */
record FunnelReading(List<Integer> totals, FunnelLimits rule, EventTime.Precision precision) implements Serializable {}
