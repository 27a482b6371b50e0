package io.plumbline.unitday;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.Aggregate;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.source.Filters;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
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

    /** Part of {@link Aggregate#STEPS} and {@link Aggregate#FIRST_STEPS}: see {@link StepMoments}. */
    public static final String MOMENTS = "moments";

    private States() {}

    /** The parts of a component's state. */
    public static List<StatePart> parts(Aggregate aggregate) {
        return switch (aggregate) {
            case ROWS -> List.of(new StatePart(ROWS, "BIGINT", functions::sum));
            case VALUES -> List.of(new StatePart(VALUES, "BIGINT", functions::sum));
            case SUM ->
                List.of(new StatePart(SUM, "DOUBLE", functions::sum), new StatePart(SUM_LOW, "DOUBLE", functions::sum));
            case STEPS, FIRST_STEPS -> List.of(new StatePart(MOMENTS, StepMoments.TYPE, StepMoments::merged));
        };
    }

    /** The aggregates that make a component's state from the rows that pass; each null where there are none. */
    static List<Column> ofRows(PlannedComponent component, Column passes, Filters filters) {
        return switch (component.component().aggregate()) {
            case ROWS -> List.of(counted(when(passes, lit(1))).as(component.column(ROWS)));
            case VALUES -> List.of(counted(when(passes, value(component))).as(component.column(VALUES)));
            case SUM -> {
                Column value = when(passes, value(component));
                yield List.of(
                        ExactSum.high(value).as(component.column(SUM)),
                        ExactSum.low(value).as(component.column(SUM_LOW)));
            }
            case STEPS, FIRST_STEPS ->
                List.of(StepMoments.ofRows(component, passes, filters).as(component.column(MOMENTS)));
        };
    }

    /** The number that a merged state stands for: DOUBLE, 0 for no rows. */
    public static Column result(Aggregate aggregate, Function<String, Column> part) {
        return parts(aggregate).stream()
                .map(each -> coalesce(part.apply(each.name()).cast(DataTypes.DoubleType), lit(0.0)))
                .reduce(Column::plus)
                .orElseThrow();
    }

    /** The aggregate that counts the rows in which some component's value is NaN or infinite. */
    static Column nonFinite(List<PlannedComponent> components) {
        Column any = components.stream()
                .map(PlannedComponent::component)
                .filter(component ->
                        isNumeric(component.aggregate()) && component.value().isPresent())
                .map(component -> component.value().orElseThrow())
                .distinct()
                .map(value -> infiniteOrNan(number(value)))
                .reduce(Column::or)
                .orElse(lit(false));
        return counted(when(any, lit(1)));
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
