package io.plumbline.summary;

import org.jspecify.annotations.Nullable;

/**
 * A breakdown value, or the whole.
 *
 * @param dimension source column or unit property; null for the whole
 * @param value its value as text; null for the whole
 */
public record Slice(@Nullable String dimension, @Nullable String value) {

    /** All units and rows: the top line. */
    public static final Slice TOP_LINE = new Slice(null, null);

    /** Whether this is the whole. */
    public boolean isTopLine() {
        return dimension == null;
    }
}
