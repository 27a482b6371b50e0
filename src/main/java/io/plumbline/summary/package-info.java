/**
 * From unit values to summaries of groups.
 *
 * <p>Comes in: one row per unit with the values of all metrics; goes out: moments per experiment, metric, group and
 * breakdown value ({@link io.plumbline.summary.GroupSummary}), and for percentiles the values between which they lie
 * ({@link io.plumbline.summary.PercentileSummary}), small enough for the driver. Merges across disjoint sets of
 * units; never across days. Winsorization happens here, because its bounds come from all units.
 */
@NullMarked
package io.plumbline.summary;

import org.jspecify.annotations.NullMarked;
