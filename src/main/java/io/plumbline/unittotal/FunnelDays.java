package io.plumbline.unittotal;

import io.plumbline.metric.EventTime;
import io.plumbline.metric.FunnelRule;
import io.plumbline.unitday.StepMoments;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A unit's funnel on each of the days on which it may start: an attempt belongs to the day of its first step, and every
 * day is a new chance. Without a window only rows of the day itself complete it, so that the value of a day is final.
 */
public final class FunnelDays implements Serializable {

    private static final long serialVersionUID = 1L;

    /** A day with its first instant and that of the next day, as moments count time. */
    private record Day(int epochDay, long from, long before) implements Serializable {}

    private final FunnelLimits rule;
    private final List<Day> days;

    private FunnelDays(FunnelLimits rule, List<Day> days) {
        this.rule = rule;
        this.days = days;
    }

    /** Starts on the days of a zone; the rule must be one of any unit, exposed or not. */
    public static FunnelDays of(
            FunnelRule rule, EventTime.Precision precision, Collection<LocalDate> days, ZoneId zone) {
        return new FunnelDays(
                FunnelLimits.of(rule),
                days.stream()
                        .map(day -> new Day(
                                Math.toIntExact(day.toEpochDay()),
                                start(day, precision, zone),
                                start(day.plusDays(1), precision, zone)))
                        .toList());
    }

    private static long start(LocalDate day, EventTime.Precision precision, ZoneId zone) {
        return precision == EventTime.Precision.DAY
                ? day.toEpochDay() * StepMoments.DAY
                : ChronoUnit.MICROS.between(
                        Instant.EPOCH, day.atStartOfDay(zone).toInstant());
    }

    /** Rows of {@code day INT, started DOUBLE, converted DOUBLE} for the days on which the unit started. */
    public List<Row> numbers(scala.collection.Seq<Row> rows) {
        List<FunnelMoment> moments = FunnelMoment.all(scala.jdk.javaapi.CollectionConverters.asJava(rows));
        List<Row> numbers = new ArrayList<>();
        for (Day day : days) {
            FunnelSpan starts = FunnelSpan.startingIn(day.from(), day.before());
            Optional<double[]> path = FunnelPath.of(rule, inReach(moments, day), starts);
            path.ifPresent(found -> numbers.add(RowFactory.create(day.epochDay(), found[0], found[rule.steps() - 1])));
        }
        return numbers;
    }

    private List<FunnelMoment> inReach(List<FunnelMoment> moments, Day day) {
        return rule.window() == FunnelLimits.NONE
                ? moments.stream()
                        .filter(moment -> moment.at() >= day.from() && moment.at() < day.before())
                        .toList()
                : moments;
    }
}
