package io.plumbline.demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one visitor's day leaves in the log, in the bare types of {@link ShopSchema}.
 *
 * @param settings the shop
 * @param visitor whose day
 * @param day number of the day, from zero
 */
record ShopRows(ShopSettings settings, Visitor visitor, int day) {

    /** Makes the rows of one table. */
    @FunctionalInterface
    interface Extract extends java.io.Serializable {
        /** The rows of a visitor's day. */
        Stream<Row> of(ShopRows day);
    }

    Stream<Row> events() {
        return shopDay().events().stream().map(this::event);
    }

    Stream<Row> exposures() {
        return shopDay().exposures().stream()
                .map(exposure -> RowFactory.create(
                        exposure.experiment(),
                        exposure.group(),
                        visitor.id(),
                        micros(exposure.at()),
                        visitor.country().orElse(null),
                        visitor.device(),
                        ds()));
    }

    Stream<Row> appUsage() {
        return shopDay().appMinutes().stream().map(minutes -> RowFactory.create(visitor.id(), minutes, ds()));
    }

    private ShopDay shopDay() {
        return ShopDay.of(settings, visitor, day);
    }

    private Row event(ShopEvent event) {
        boolean late = event.tracking() == ShopEvent.Tracking.NEXT_DAY;
        return RowFactory.create(
                event.session() + "-" + event.position(),
                visitorId(event),
                event.session(),
                micros(event.at()),
                event.name(),
                event.page(),
                event.category().orElse(null),
                visitor.country().orElse(null),
                visitor.device(),
                event.campaign().orElse(null),
                visitor.number() % 3 == 0,
                event.revenueCents().orElse(null),
                event.latencyMillis().orElse(null),
                late ? ds() + 1 : ds(),
                ds());
    }

    private @Nullable String visitorId(ShopEvent event) {
        return event.tracking() == ShopEvent.Tracking.ANONYMOUS ? null : visitor.id();
    }

    private int ds() {
        return (int) settings.firstDay().plusDays(day).toEpochDay();
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
