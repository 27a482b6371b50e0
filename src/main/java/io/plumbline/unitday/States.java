package io.plumbline.unitday;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.Aggregate;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.source.Filters;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The state of each kind of component: how it starts from rows, and how two states of one unit merge. Merging is done
 * part by part; it is associative and commutative, and null (no rows) is its identity.
 */
public final class States {

    /** Part of {@link Aggregate#ROWS}: number of rows, BIGINT. */
    public static final String ROWS = "rows";

    /** Part of {@link Aggregate#VALUES}: number of values, BIGINT. */
    public static final String VALUES = "values";

    /** First part of {@link Aggregate#SUM}: DOUBLE; the sum is this plus {@link #SUM_LOW}, see {@link ExactSum}. */
    public static final String SUM = "sum";

    /** Second part of {@link Aggregate#SUM}: DOUBLE. */
    public static final String SUM_LOW = "sum_low";

    /** Part of {@link Aggregate#SORTED_VALUES}: the values in ascending order, ARRAY&lt;DOUBLE&gt;, never empty. */
    public static final String SORTED_VALUES = "sorted_values";

    /** Part of {@link Aggregate#STEPS} and {@link Aggregate#FIRST_STEPS}: see {@link StepMoments}. */
    public static final String MOMENTS = "moments";

    private States() {}

    /** The parts of a component's state. */
    public static List<StatePart> parts(Aggregate aggregate) {
        return switch (aggregate) {
            case ROWS -> List.of(new StatePart(ROWS, "BIGINT", functions::sum));
            case VALUES -> List.of(new StatePart(VALUES, "BIGINT", functions::sum));
            case SORTED_VALUES -> List.of(new StatePart(SORTED_VALUES, "ARRAY<DOUBLE>", States::merged));
            case SUM ->
                List.of(new StatePart(SUM, "DOUBLE", functions::sum), new StatePart(SUM_LOW, "DOUBLE", functions::sum));
            case MIN, MAX, FIRST, LATEST, LATEST_RECORD -> List.of(OneValue.part(aggregate));
            case DISTINCT, DISTINCT_SKETCH -> List.of(DistinctValues.part(aggregate));
            case STEPS, FIRST_STEPS -> List.of(new StatePart(MOMENTS, StepMoments.TYPE, StepMoments::merged));
        };
    }

    /** The aggregates that make a component's state from the rows that pass; each null where there are none. */
    static List<Column> ofRows(PlannedComponent component, Column passes, Dataset<Row> rows) {
        Aggregate aggregate = component.component().aggregate();
        return switch (aggregate) {
            case ROWS -> List.of(counted(when(passes, lit(1))).as(component.column(ROWS)));
            case VALUES -> List.of(counted(when(passes, value(component))).as(component.column(VALUES)));
            case SORTED_VALUES ->
                List.of(sorted(collect_list(when(passes, value(component)))).as(component.column(SORTED_VALUES)));
            case SUM -> {
                Column value = when(passes, value(component));
                yield List.of(
                        ExactSum.high(value).as(component.column(SUM)),
                        ExactSum.low(value).as(component.column(SUM_LOW)));
            }
            case MIN, MAX, FIRST, LATEST ->
                List.of(named(component, OneValue.ofRows(aggregate, when(passes, value(component)))));
            case LATEST_RECORD -> List.of(named(component, OneValue.latestRecord(passes, condition(component, rows))));
            case DISTINCT, DISTINCT_SKETCH ->
                List.of(named(component, DistinctValues.ofRows(aggregate, when(passes, text(component, rows)))));
            case STEPS, FIRST_STEPS ->
                List.of(StepMoments.ofRows(component, passes, new Filters(rows.schema()))
                        .as(component.column(MOMENTS)));
        };
    }

    /** The values of all arrays in one; in order, so that the result does not depend on the order of merging. */
    private static Column merged(Column arrays) {
        return sorted(flatten(collect_list(arrays)));
    }

    private static Column sorted(Column values) {
        return when(array_size(values).gt(lit(0)), sort_array(values));
    }

    /** Whether a row of unit-days has data of one of some components. */
    public static Column hasAny(Collection<PlannedComponent> components) {
        Column numbers = Numbers.haveAny(components.stream()
                .filter(Numbers::hold)
                .map(PlannedComponent::id)
                .toList());
        return components.stream()
                .filter(component -> !Numbers.hold(component))
                .map(component -> col(component.column(
                                parts(component.component().aggregate()).get(0).name()))
                        .isNotNull())
                .reduce(numbers, Column::or);
    }

    /** The aggregate that counts the rows in which some component's value is NaN or infinite. */
    static Column nonFinite(List<PlannedComponent> components, Dataset<Row> rows) {
        Stream<Column> numbers = values(
                        components,
                        component -> !isDistinct(component)
                                && isNumeric(component.component().aggregate()))
                .map(value -> infiniteOrNan(number(value)));
        Stream<Column> distinct =
                values(components, States::isDistinct).map(value -> DistinctValues.nonFinite(value, rows));
        Column any = Stream.concat(numbers, distinct).reduce(Column::or).orElse(lit(false));
        return counted(when(any, lit(1)));
    }

    private static Stream<String> values(List<PlannedComponent> components, Predicate<PlannedComponent> some) {
        return components.stream()
                .filter(some)
                .flatMap(component -> component.component().value().stream())
                .distinct();
    }

    private static boolean isDistinct(PlannedComponent component) {
        Aggregate aggregate = component.component().aggregate();
        return aggregate == Aggregate.DISTINCT || aggregate == Aggregate.DISTINCT_SKETCH;
    }

    private static Column text(PlannedComponent component, Dataset<Row> rows) {
        return DistinctValues.text(component.component().value().orElseThrow(), rows);
    }

    private static Column condition(PlannedComponent component, Dataset<Row> rows) {
        return new Filters(rows.schema()).all(component.component().conditions().get(0));
    }

    /** The only part of a component's state, under its name. */
    private static Column named(PlannedComponent component, Column state) {
        return state.as(
                component.column(parts(component.component().aggregate()).get(0).name()));
    }

    /** Whether the state adds up to a number; that of steps is a set of moments. */
    public static boolean isNumeric(Aggregate aggregate) {
        return aggregate != Aggregate.STEPS && aggregate != Aggregate.FIRST_STEPS;
    }

    static Column counted(Column values) {
        return nullif(count(values), lit(0L));
    }

    /** The value as a double; null where it is null, NaN or infinite. */
    private static Column value(PlannedComponent component) {
        Column value = number(component.component().value().orElseThrow());
        return when(infiniteOrNan(value), lit(null)).otherwise(value);
    }

    private static Column number(String value) {
        return expr("(" + value + ")").cast(DataTypes.DoubleType);
    }

    private static Column infiniteOrNan(Column value) {
        return isnan(value).or(abs(value).equalTo(lit(Double.POSITIVE_INFINITY)));
    }
}
