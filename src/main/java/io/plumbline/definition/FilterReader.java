package io.plumbline.definition;

import io.plumbline.metric.Filter;
import io.plumbline.metric.FilterOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads filters, and checks that each operator has the values that it takes. */
final class FilterReader {

    private final Checker checker;

    FilterReader(Checker checker) {
        this.checker = checker;
    }

    /** The filters under a key; those that are wrong are reported and left out. */
    List<Filter> filters(Fields parent, String key) {
        return parent.each(key).stream()
                .flatMap(filter -> filter(filter).stream())
                .toList();
    }

    private Optional<Filter> filter(Fields filter) {
        if (filter.has("sql")) {
            return Optional.of(new Filter.Sql(filter.text("sql")));
        }
        if (filter.has("any_of")) {
            return Optional.of(new Filter.AnyOf(filters(filter, "any_of")));
        }
        return comparison(filter);
    }

    private Optional<Filter> comparison(Fields filter) {
        FilterOp op = FilterOp.valueOf(filter.text("op").toUpperCase(Locale.ROOT));
        if (filter.given("values") && !filter.has("values")) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        filter.get("values").ifPresent(node -> {
            List<YamlNode> nodes = node instanceof YamlNode.Items items ? items.nodes() : List.of(node);
            nodes.forEach(value -> values.add(literal(filter, (YamlNode.Scalar) value)));
        });
        if (values.size() < op.minValues() || values.size() > op.maxValues()) {
            checker.problem(
                    filter.place("values"),
                    "values",
                    "op " + filter.text("op") + " takes " + expected(op) + ", found " + values.size());
            return Optional.empty();
        }
        return Optional.of(new Filter.Comparison(filter.text("column"), op, values));
    }

    private static String expected(FilterOp op) {
        if (op.maxValues() == 0) {
            return "no values";
        }
        String least = op.minValues() == 1 ? "1 value" : op.minValues() + " values";
        return op.maxValues() > op.minValues() ? "at least " + least : least;
    }

    private static Object literal(Fields filter, YamlNode.Scalar value) {
        return switch (value.type()) {
            case INTEGER, NUMBER -> Literals.exact(value.text());
            case BOOLEAN -> Boolean.parseBoolean(value.text());
            default -> filter.text(value);
        };
    }
}
