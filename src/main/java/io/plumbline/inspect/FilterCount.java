package io.plumbline.inspect;

/**
 * What one filter lets pass on a day.
 *
 * @param filter as a SQL condition
 * @param alone rows for which it is true
 * @param cumulative rows for which it and all filters before it are true
 */
public record FilterCount(String filter, long alone, long cumulative) {}
