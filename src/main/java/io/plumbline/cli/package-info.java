/**
 * The command line.
 *
 * <p>Comes in: arguments, the environment and the working folder; goes out: text for people on standard error, text for
 * programs on standard output, and an exit code. A command parses its arguments, makes one call, prints and returns;
 * nothing is computed here. Commands that read definitions only start no Spark session.
 */
@NullMarked
package io.plumbline.cli;

import org.jspecify.annotations.NullMarked;
