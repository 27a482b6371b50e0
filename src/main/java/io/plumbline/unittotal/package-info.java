/**
 * From unit-days and exposures to one value per unit and metric.
 *
 * <p>Comes in: unit-days of all sources of a unit type, and the analysed units; goes out: the metrics' numerators and
 * denominators ({@link io.plumbline.unittotal.UnitValues}), made of totals over each window. Merges states within a unit, across days; never across units.
 */
@NullMarked
package io.plumbline.unittotal;

import org.jspecify.annotations.NullMarked;
