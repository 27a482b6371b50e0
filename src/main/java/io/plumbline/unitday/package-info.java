/**
 * From a source's rows to unit-days: every component, for one unit on one local day.
 *
 * <p>Comes in: rows of a source and a {@link io.plumbline.plan.SourcePlan}; goes out: one row per unit, day, leaf, part of
 * the day and breakdown value, with the states of all components ({@link io.plumbline.unitday.UnitDaySchema}). One scan
 * and one shuffle, whatever the number of metrics and experiments. Knows no metric and no group.
 */
@NullMarked
package io.plumbline.unitday;

import org.jspecify.annotations.NullMarked;
