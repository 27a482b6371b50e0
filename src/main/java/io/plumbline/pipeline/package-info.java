/**
 * Wires the stages into runs.
 *
 * <p>Comes in: a session, a {@link io.plumbline.definition.Project} and a day; goes out: tables in the warehouse and a
 * {@link io.plumbline.pipeline.RunReport}. The only package that knows every stage, and that has the Java API, {@code
 * io.plumbline.pipeline.Plumbline}.
 */
@NullMarked
package io.plumbline.pipeline;

import org.jspecify.annotations.NullMarked;
