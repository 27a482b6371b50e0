/**
 * The mathematics of experiment results: estimates of groups, comparisons of groups, checks of the split.
 *
 * <p>In come centred moments of disjoint sets of units, of percentiles also the values at two ranks; out go estimates, effects, intervals and p-values, each undefined number
 * being NaN with a {@link io.plumbline.statistics.Reason}. Every distribution function comes from Apache Commons Math. The package
 * knows nothing of metrics, experiments, days, tables or Spark.
 */
@NullMarked
package io.plumbline.statistics;

import org.jspecify.annotations.NullMarked;
