/**
 * From one definition back to its rows, for people who ask where a number comes from.
 *
 * <p>Comes in: a metric, its sources and the tables that runs write; goes out: the walk of a number from source rows to
 * the scorecard ({@link io.plumbline.inspect.Walk}), and what filters let pass ({@link io.plumbline.inspect.Preview}). Rows are read anew and added up in plain queries that share nothing
 * with unit-days, so that a walk is also a check of what runs compute. Writes nothing.
 */
@NullMarked
package io.plumbline.inspect;

import org.jspecify.annotations.NullMarked;
