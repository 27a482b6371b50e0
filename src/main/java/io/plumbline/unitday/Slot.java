package io.plumbline.unitday;

import static io.plumbline.unitday.UnitDaySchema.LEAF;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.Component;
import io.plumbline.metric.Filter;
import io.plumbline.metric.FilterOp;
import io.plumbline.metric.Selection;
import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.SourcePlan;
import io.plumbline.source.Filters;
import io.plumbline.source.Sources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One state of the aggregate that makes unit-days. Components that do the same with rows of different leaves share it: a
 * row of unit-days has one leaf, which tells whose state it is. A hundred metrics of twenty events need five states and not
 * a hundred, and Spark compiles five into one loop, but evaluates a hundred one after the other for every event.
 *
 * @param shape what is computed of the rows, apart from the leaf
 * @param members leaf → component; empty where the shape is a component of all leaves
 * @param column the leaf's column in the source
 */
record Slot(PlannedComponent shape, Map<String, PlannedComponent> members, String column) {

    private record Kind(Component component, List<String> dimensions) {}

    /** The states that a plan's components need, for rows of a schema. */
    static List<Slot> of(SourcePlan plan, StructType schema) {
        Optional<String> leafColumn = plan.leaf().map(leaf -> leaf.column()).filter(name -> isText(name, schema));
        Map<Kind, Map<String, PlannedComponent>> shared = new LinkedHashMap<>();
        List<Slot> slots = new ArrayList<>();
        for (PlannedComponent component : plan.components()) {
            Optional<Filter.Comparison> leaf = leafColumn.flatMap(name -> leaf(component, name));
            boolean shares = leaf.isPresent()
                    && shared.computeIfAbsent(kind(component, leaf.get()), key -> new LinkedHashMap<>())
                                    .putIfAbsent(text(leaf.get()), component)
                            == null;
            if (!shares) {
                slots.add(new Slot(component, Map.of(), ""));
            }
        }
        shared.forEach((kind, members) -> slots.add(of(kind, members, leafColumn.orElseThrow())));
        return slots;
    }

    private static Slot of(Kind kind, Map<String, PlannedComponent> members, String column) {
        PlannedComponent first = members.values().iterator().next();
        return new Slot(
                new PlannedComponent(first.id(), kind.component(), first.precision(), kind.dimensions()),
                members,
                column);
    }

    /** Texts that are not written alike are not equal; of numbers, dates and collated texts that cannot be said. */
    private static boolean isText(String column, StructType schema) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(column))
                .anyMatch(field -> field.dataType().equals(DataTypes.StringType));
    }

    /** The only comparison of a component with one leaf. */
    private static Optional<Filter.Comparison> leaf(PlannedComponent component, String column) {
        List<Filter.Comparison> comparisons = component.component().rows().filters().stream()
                .filter(Filter.Comparison.class::isInstance)
                .map(Filter.Comparison.class::cast)
                .filter(filter -> filter.column().equals(column))
                .toList();
        return comparisons.size() == 1 && comparisons.get(0).op() == FilterOp.EQ
                ? Optional.of(comparisons.get(0))
                : Optional.empty();
    }

    private static String text(Filter.Comparison leaf) {
        return String.valueOf(leaf.values().get(0));
    }

    private static Kind kind(PlannedComponent component, Filter.Comparison leaf) {
        Component whole = component.component();
        List<Filter> others = whole.rows().filters().stream()
                .filter(filter -> !filter.equals(leaf))
                .toList();
        return new Kind(
                new Component(
                        new Selection(whole.source(), others), whole.aggregate(), whole.value(), whole.conditions()),
                component.dimensions());
    }

    /** The aggregates of the state, each null where no row passes. */
    List<Column> states(Filters filters, Dataset<Row> rows) {
        Column passes = filters.all(shape.component().rows().filters());
        Column ofLeaves = members.isEmpty()
                ? passes
                : Sources.quoted(column).isin(members.keySet().toArray()).and(passes);
        Column whole = Working.dimension().isNull();
        Column shown = shape.dimensions().isEmpty()
                ? whole
                : whole.or(Working.dimension().isin(shape.dimensions().toArray()));
        return States.ofRows(shape, ofLeaves.and(shown), rows);
    }

    /** Whether a row has the state. */
    Column isPresent() {
        return col(shape.column(parts().get(0))).isNotNull();
    }

    /** The state's numbers, under the names of the components; none if it has other states. */
    Stream<Numbers.Pair> numbers() {
        if (!Numbers.hold(shape)) {
            return Stream.of();
        }
        return IntStream.range(0, parts().size())
                .mapToObj(index -> new Numbers.Pair(part(index), col(shape.column(parts().get(index)))));
    }

    /** The number of a part of the component that a row has: the leaf tells which it is. */
    private Column part(int index) {
        if (members.isEmpty()) {
            return lit(Numbers.part(shape, index));
        }
        Column[] byLeaf = members.entrySet().stream()
                .flatMap(member -> Stream.of(lit(member.getKey()), lit(Numbers.part(member.getValue(), index))))
                .toArray(Column[]::new);
        return map(byLeaf).getItem(col(LEAF));
    }

    /** The columns of the components, from those of the state; none if it has numbers. */
    Stream<Column> columns() {
        if (Numbers.hold(shape)) {
            return Stream.of();
        }
        if (members.isEmpty()) {
            return parts().stream().map(part -> col(shape.column(part)));
        }
        return members.entrySet().stream()
                .flatMap(member -> parts().stream()
                        .map(part -> when(col(LEAF).equalTo(lit(member.getKey())), col(shape.column(part)))
                                .as(member.getValue().column(part))));
    }

    private List<String> parts() {
        return States.parts(shape.component().aggregate()).stream()
                .map(StatePart::name)
                .toList();
    }
}
