/**
 * From YAML to definitions.
 *
 * <p>Comes in: a folder of YAML files; goes out: a {@link io.plumbline.definition.Project}, or every problem found, each
 * with its place and remedy. Knows no Spark and reads no data.
 */
@NullMarked
package io.plumbline.definition;

import org.jspecify.annotations.NullMarked;
