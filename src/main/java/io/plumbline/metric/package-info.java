/**
 * The noun of the product: what a metric is.
 *
 * <p>Comes in: nothing; goes out: immutable records ({@link io.plumbline.metric.Metric}, {@link
 * io.plumbline.metric.MetricSource}, {@link io.plumbline.metric.Component}) that every later package reads. Knows
 * neither YAML nor Spark.
 */
@NullMarked
package io.plumbline.metric;

import org.jspecify.annotations.NullMarked;
