/**
 * From definitions to what a run has to compute.
 *
 * <p>Comes in: a {@link io.plumbline.definition.Project} and a day; goes out: a {@link io.plumbline.plan.RunPlan}, a
 * printable value that names every source once, the components computed from it, and the totals that each experiment
 * needs. Knows neither Spark nor where tables are.
 */
@NullMarked
package io.plumbline.plan;

import org.jspecify.annotations.NullMarked;
