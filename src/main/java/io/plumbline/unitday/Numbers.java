package io.plumbline.unitday;

import static io.plumbline.unitday.UnitDaySchema.NUMBERS;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.Aggregate;
import io.plumbline.plan.PlannedComponent;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * States that are numbers, in the one column {@link UnitDaySchema#NUMBERS} of unit-days: pairs of the part of a state and
 * its value, in order of parts, only of components that have data in the row. A unit has data of few metrics on a day: of
 * hundreds of columns nearly all would be null, and each would cost its share when rows are written, shuffled, sorted and
 * read. Counts are exact up to 2⁵³.
 */
public final class Numbers {

    /** The field of a pair that names the part of a component's state, BIGINT. */
    static final String PART = "part";

    /** The field of a pair with the value of the part, DOUBLE. */
    static final String VALUE = "value";

    /** The column's type as SQL DDL. */
    public static final String TYPE = "ARRAY<STRUCT<" + PART + ": BIGINT, " + VALUE + ": DOUBLE>>";

    /** Room for the parts of one component. */
    static final int BITS = 4;

    private static final int HEXADECIMAL = 16;

    private Numbers() {}

    /** Whether the states of an aggregate are numbers; all others have columns of their own. */
    public static boolean hold(Aggregate aggregate) {
        return switch (aggregate) {
            case ROWS, VALUES, SUM, MIN, MAX -> true;
            case SORTED_VALUES, FIRST, LATEST, LATEST_RECORD, DISTINCT, DISTINCT_SKETCH, STEPS, FIRST_STEPS -> false;
        };
    }

    static boolean hold(PlannedComponent component) {
        return hold(component.component().aggregate());
    }

    /** The number of a part: of the digits of the component's id, and the part's place in the state. */
    static long part(PlannedComponent component, int index) {
        return number(component.id()) << BITS | index;
    }

    /** The id of the component with a number. */
    static String component(long number) {
        return String.format(Locale.ROOT, "c%012x", number);
    }

    /** The pairs of a row: of the parts that are not null. Null where there are none. */
    static Column of(List<Pair> pairs) {
        return pairs.isEmpty()
                ? lit(null).cast(TYPE)
                : sorted(array_compact(array(pairs.stream().map(Pair::column).toArray(Column[]::new))));
    }

    /**
     * A part and its value.
     *
     * @param part BIGINT
     * @param value DOUBLE or BIGINT; null if the row has no data of the component
     */
    record Pair(Column part, Column value) {
        private Column column() {
            return when(
                    value.isNotNull(),
                    struct(part.as(PART), value.cast(DataTypes.DoubleType).as(VALUE)));
        }
    }

    /** Pairs in order; null for an empty array. */
    static Column sorted(Column pairs) {
        return when(array_size(pairs).gt(lit(0)), sort_array(pairs));
    }

    /** One pair for each part of which there are several: the least, the greatest or the sum, as its states merge. */
    static Column merged(Column pairs, Collection<PlannedComponent> components) {
        Column least = numbersOf(components, Aggregate.MIN);
        Column greatest = numbersOf(components, Aggregate.MAX);
        return transform(array_distinct(transform(pairs, pair -> pair.getField(PART))), part -> {
            Column values =
                    transform(filter(pairs, pair -> pair.getField(PART).equalTo(part)), pair -> pair.getField(VALUE));
            Column component = shiftright(part, BITS);
            Column value = when(array_contains(least, component), array_min(values))
                    .when(array_contains(greatest, component), array_max(values))
                    .otherwise(aggregate(values, lit(0.0), Column::plus));
            return struct(part.as(PART), value.as(VALUE));
        });
    }

    private static Column numbersOf(Collection<PlannedComponent> components, Aggregate aggregate) {
        Column[] numbers = components.stream()
                .filter(component -> component.component().aggregate() == aggregate)
                .map(component -> lit(number(component.id())))
                .toArray(Column[]::new);
        return array(numbers).cast("ARRAY<BIGINT>");
    }

    /** The pairs of some components; null where there are none. */
    public static Column only(Collection<PlannedComponent> components) {
        Column pairs = filter(col(NUMBERS), pair -> isOf(pair, ids(components)));
        return when(array_size(pairs).gt(lit(0)), pairs);
    }

    /** Whether a row has a pair of one of some components. */
    static Column haveAny(Collection<String> components) {
        return coalesce(exists(col(NUMBERS), pair -> isOf(pair, components)), lit(false));
    }

    /** The components of a row's pairs: ARRAY&lt;BIGINT&gt; of what {@link #component} takes. */
    static Column components() {
        return array_distinct(transform(col(NUMBERS), Numbers::number));
    }

    private static Column isOf(Column pair, Collection<String> components) {
        return number(pair).isin(components.stream().map(Numbers::number).toArray());
    }

    private static Column number(Column pair) {
        return shiftright(pair.getField(PART), BITS);
    }

    /** The number of a component, by which its parts are numbered. */
    static long number(String component) {
        return Long.parseLong(component.substring(1), HEXADECIMAL);
    }

    private static List<String> ids(Collection<PlannedComponent> components) {
        return components.stream().map(PlannedComponent::id).toList();
    }
}
