package io.plumbline.unitday;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.Aggregate;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.Filter;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.source.Filters;
import io.plumbline.source.SourceSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * The state of a funnel's component: the times at which a unit qualified for steps, with the steps as bits and the session.
 * States merge by concatenation; neither order nor repetition matters to who reads them.
 *
 * <p>An array of moments, because steps of several sources and parts of days are put in order only when a window is known;
 * window functions over rows would leave generated code, and could not be stored by day. For a funnel of three steps over two
 * million rows they take 1.42 times as long ({@code WindowsMeasuredTest}: Spark 4.1, two cores). The array of a unit-day has one
 * element per session and time, and with {@link Aggregate#FIRST_STEPS} one of step 1 ({@link FirstSteps}).
 */
public final class StepMoments {

    /** Time of a moment, BIGINT: microseconds since 1970; of sources without a time of day, days since 1970 × 24 hours. */
    public static final String AT = "at";

    /** Steps of a moment, INT: bit k − 1 for step k. */
    public static final String STEPS = "steps";

    /** Session of a moment, STRING; null where the funnel has none. */
    public static final String SESSION = "session";

    /** Microseconds of 24 hours. */
    public static final long DAY = 86_400_000_000L;

    static final String TYPE = "ARRAY<STRUCT<" + AT + ": BIGINT, " + STEPS + ": INT, " + SESSION + ": STRING>>";

    /** The type of a state. */
    public static final DataType MOMENTS = DataType.fromDDL(TYPE);

    private StepMoments() {}

    /** The aggregate that collects the moments of the rows that pass; null where there are none. */
    static Column ofRows(PlannedComponent component, Column passes, Filters filters) {
        List<List<Filter>> conditions = component.component().conditions();
        Column steps = lit(0);
        for (int i = 0; i < conditions.size(); i++) {
            steps = steps.bitwiseOR(
                    when(filters.all(conditions.get(i)), lit(1 << i)).otherwise(lit(0)));
        }
        Column session = component
                .component()
                .value()
                .map(value -> expr("(" + value + ")"))
                .orElse(lit(null))
                .cast(DataTypes.StringType);
        Column taken = passes.and(steps.gt(lit(0)));
        if (component.component().value().isPresent()) {
            taken = taken.and(session.isNotNull());
        }
        Column moment = struct(at(component).as(AT), steps.as(STEPS), session.as(SESSION));
        Column moments =
                udf(reduction(component.component().aggregate()), MOMENTS).apply(collect_set(when(taken, moment)));
        return nullIfEmpty(moments);
    }

    /** The moments of several states, repeated where states repeat them. */
    public static Column merged(Column states) {
        return nullIfEmpty(flatten(collect_list(states)));
    }

    private static Column nullIfEmpty(Column moments) {
        return when(size(moments).gt(lit(0)), moments);
    }

    private static Column at(PlannedComponent component) {
        return component.precision() == EventTime.Precision.DAY
                ? unix_date(col(SourceSchema.DAY)).cast(DataTypes.LongType).multiply(lit(DAY))
                : unix_micros(col(SourceSchema.AT));
    }

    private static UDF1<scala.collection.Seq<Row>, List<Row>> reduction(Aggregate aggregate) {
        return moments -> reduced(scala.jdk.javaapi.CollectionConverters.asJava(moments), aggregate);
    }

    private static List<Row> reduced(Iterable<Row> moments, Aggregate aggregate) {
        Map<@Nullable String, TreeMap<Long, Integer>> bySession =
                new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));
        for (Row moment : moments) {
            bySession
                    .computeIfAbsent(moment.getString(2), session -> new TreeMap<>())
                    .merge(moment.getLong(0), moment.getInt(1), (a, b) -> a | b);
        }
        List<Row> reduced = new ArrayList<>();
        bySession.forEach((session, times) -> (aggregate == Aggregate.FIRST_STEPS ? FirstSteps.of(times) : times)
                .forEach((at, steps) -> reduced.add(RowFactory.create(at, steps, session))));
        return reduced;
    }
}
