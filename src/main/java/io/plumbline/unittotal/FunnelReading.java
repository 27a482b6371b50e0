package io.plumbline.unittotal;

import java.io.Serializable;
import java.util.List;

/**
 * How the funnel of a metric is read. Travels to the executors.
 *
 * @param totals numbers of the totals with its moments, one per source
 * @param rule when it is completed
 * @param daily whether its sources know no time of day
 */
record FunnelReading(List<Integer> totals, FunnelLimits rule, boolean daily) implements Serializable {}
