package io.plumbline.inspect;

import java.util.OptionalLong;

/**
 * What one filter lets pass on a day.
 *
 * @param filter as a SQL condition
 * @param alone rows for which it is true; none where one of the filters cannot be tested on rows that others leave out,
 *     such as {@code x / y > 2} behind {@code y <> 0}
 * @param cumulative rows for which it and all filters before it are true
 */
public record FilterCount(String filter, OptionalLong alone, long cumulative) {}
