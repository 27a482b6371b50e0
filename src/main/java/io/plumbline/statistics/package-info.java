/**
 * The mathematics of experiment results: estimates of groups, comparisons of groups, what follows from comparisons, and checks of the
 * split.
 *
 * <p>In come centred moments of disjoint sets of units, or co-moments where pre-exposure covariates belong to the units; out go estimates,
 * effects, intervals and p-values, each undefined number being NaN with a {@link io.plumbline.statistics.Reason}. A
 * {@link io.plumbline.statistics.Comparison} is what always-valid intervals, posteriors, top-line impacts and smallest detectable effects
 * are made from. Every distribution function comes from Apache Commons Math. The package
 * knows nothing of metrics, experiments, days, tables or Spark.
 */
@NullMarked
package io.plumbline.statistics;

import org.jspecify.annotations.NullMarked;
