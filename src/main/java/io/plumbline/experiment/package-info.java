/**
 * The noun of the product: what an experiment is, and where its exposures come from.
 *
 * <p>Comes in: nothing but {@code metric}; goes out: immutable records. Knows neither YAML nor Spark.
 */
@NullMarked
package io.plumbline.experiment;

import org.jspecify.annotations.NullMarked;
