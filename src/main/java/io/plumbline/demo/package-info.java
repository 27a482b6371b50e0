/**
 * A small web shop whose numbers are known, to try everything on.
 *
 * <p>Comes in: a seed and a size; goes out: daily partitions of events, exposures and app usage, the definitions that go
 * with them, and the effects that were planted. Every visitor's day follows from the seed, the visitor and the day
 * alone. Knows nothing of how results are computed: what it says about effects holds for whoever computes them.
 */
@NullMarked
package io.plumbline.demo;

import org.jspecify.annotations.NullMarked;
