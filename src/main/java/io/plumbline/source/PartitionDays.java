package io.plumbline.source;

import io.plumbline.metric.DatePartition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The local days whose rows a partition of a source may hold. */
final class PartitionDays {

    private static final int PLAIN = "yyyyMMdd".length();

    private final DatePartition partition;
    private final ZoneId zone;

    /**
     * The days of a partition column.
     *
     * @param zone the project's
     */
    PartitionDays(DatePartition partition, ZoneId zone) {
        this.partition = partition;
        this.zone = zone;
    }

    /** The partition column. */
    String column() {
        return partition.column();
    }

    /**
     * The days of a partition.
     *
     * @param value as written in paths and logs, {@code yyyy-MM-dd} or {@code yyyyMMdd}
     * @return empty where the value is no date, so that the partition may hold rows of any day
     */
    Optional<DayRange> of(@Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            LocalDate date = value.length() == PLAIN
                    ? LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE)
                    : LocalDate.parse(value);
            DayRange day = new DayRange(date, date);
            return Optional.of(
                    partition.zone().map(other -> day.overlapping(zone, other)).orElse(day));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
