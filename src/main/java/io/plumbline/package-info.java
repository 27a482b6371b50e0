/**
 * Plumbline: experiment metrics on a lakehouse.
 *
 * <p>Definitions in YAML go in; one Spark job per day writes unit-level and group-level results to Delta tables, which
 * SQL, notebooks and reports read. Every package is one stage of one flow and may depend only on what stands to its
 * left, on the nouns and on the mathematics:
 *
 * <pre>
 * definition → plan → source → unitday → exposure → unittotal → summary → analysis → warehouse → report
 * nouns: metric, experiment
 * mathematics: statistics
 * beside the flow: explore, ingest, gateway, inspect
 * outermost: pipeline, demo, cli
 * </pre>
 *
 * <p>A noun depends on nothing but the other noun and the mathematics, the mathematics on nothing. A package beside the flow may use the
 * whole flow and is used by the outermost packages only. An outermost package may also use the outermost packages to
 * its left. Spark is unknown to {@code metric}, {@code experiment}, {@code definition}, {@code plan}, {@code
 * statistics}, {@code analysis} and {@code report}. The package map test holds the code to these lines.
 */
@NullMarked
package io.plumbline;

import org.jspecify.annotations.NullMarked;
