package io.plumbline.metric;

import java.time.ZoneId;
import java.util.Optional;

/**
 * The column by which a source's files are laid out by date. May be a DATE, a string {@code yyyy-MM-dd} or {@code
 * yyyyMMdd}, or an integer {@code yyyymmdd}.
 *
 * @param column the partition column
 * @param zone the zone whose calendar the column follows; empty for the project's own
 */
public record DatePartition(String column, Optional<ZoneId> zone) {}
