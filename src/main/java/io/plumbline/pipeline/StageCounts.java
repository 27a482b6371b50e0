package io.plumbline.pipeline;

import java.util.Locale;

/**
 * What a stage read.
 *
 * @param rows source rows
 * @param days local days
 */
record StageCounts(long rows, long days) {

    /** For people: {@code 12,345 rows of 2 days}. */
    String text() {
        return text("rows");
    }

    /** The same with another noun for what was counted. */
    String text(String noun) {
        return String.format(Locale.ROOT, "%,d %s of %s", rows, noun, days == 1 ? "1 day" : days + " days");
    }
}
