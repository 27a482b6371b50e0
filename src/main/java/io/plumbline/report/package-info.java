/**
 * From results to what people read.
 *
 * <p>Comes in: a {@link io.plumbline.analysis.Scorecard} and the definitions of its metrics; goes out: text. Pure: knows
 * neither Spark nor tables nor the terminal.
 */
@NullMarked
package io.plumbline.report;

import org.jspecify.annotations.NullMarked;
