/**
 * From a source's definition to its rows.
 *
 * <p>Comes in: a {@link io.plumbline.metric.MetricSource} or {@link io.plumbline.experiment.AssignmentSource} and a range
 * of local days; goes out: a dataset of exactly the rows of these days, partitions pruned and filters ready to be pushed.
 * Knows no metric and writes nothing.
 */
@NullMarked
package io.plumbline.source;

import org.jspecify.annotations.NullMarked;
