/**
 * From summaries of groups to results: estimates, comparisons and health checks.
 *
 * <p>Comes in: {@link io.plumbline.summary.GroupSummary} and exposure counts; goes out: {@link
 * io.plumbline.analysis.Result} and {@link io.plumbline.analysis.HealthCheck}. Pure: knows neither Spark nor tables.
 */
@NullMarked
package io.plumbline.analysis;

import org.jspecify.annotations.NullMarked;
