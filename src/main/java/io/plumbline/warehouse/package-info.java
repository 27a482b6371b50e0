/**
 * Output tables: what they are named, what columns they have, and how days are replaced in them.
 *
 * <p>Comes in: datasets and results; goes out: Delta commits, one per table, each atomic and repeatable. Names and types of
 * columns are a public contract ({@link io.plumbline.warehouse.Tables}).
 */
@NullMarked
package io.plumbline.warehouse;

import org.jspecify.annotations.NullMarked;
