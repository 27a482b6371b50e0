/**
 * From assignment rows to exposures: who met which group when.
 *
 * <p>Comes in: rows of an assignment source and exposures found before; goes out: one row per experiment and unit ({@link
 * io.plumbline.exposure.ExposureSchema}), the edges at which unit-days are cut, and the units that are analysed as of a
 * day. Exposures merge: the order in which days are added does not matter. Where events carry another id, pairs
 * of ids ({@link io.plumbline.exposure.IdPairs}) say which unit they belong to ({@link io.plumbline.exposure.ResolvedIds}).
 * Knows no metric's value.
 */
@NullMarked
package io.plumbline.exposure;

import org.jspecify.annotations.NullMarked;
