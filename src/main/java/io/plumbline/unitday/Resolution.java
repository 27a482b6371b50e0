package io.plumbline.unitday;

import io.plumbline.plan.PlannedComponent;
import io.plumbline.plan.SourcePlan;
import io.plumbline.source.Filters;
import io.plumbline.source.Sources;
import io.plumbline.source.SparkMessage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Whether the columns of a source can give its components: every filter, value and dimension is analysed against the
 * source's schema, and no row is read.
 */
public final class Resolution {

    private final Dataset<Row> rows;
    private final Map<String, String> problems = new TreeMap<>();

    /** Analyses all components, and each by itself where they do not resolve together. */
    public Resolution(SourcePlan plan, Dataset<Row> rows) {
        this.rows = rows;
        if (problem(plan.components().stream().flatMap(this::columns)).isPresent()) {
            plan.components()
                    .forEach(component -> problem(Stream.of(component).flatMap(this::columns))
                            .ifPresent(text -> problems.put(component.id(), text)));
        }
    }

    /** Component id → why it cannot be computed. */
    public Map<String, String> problems() {
        return problems;
    }

    private Stream<Column> columns(PlannedComponent component) {
        Filters filters = new Filters(rows.schema());
        Stream<Column> states =
                States.ofRows(
                        component, filters.all(component.component().rows().filters()), filters)
                        .stream();
        return Stream.concat(states, component.dimensions().stream().map(Resolution::first));
    }

    /** Dimensions are analysed as aggregates, so that all columns can stand in one list. */
    private static Column first(String dimension) {
        return functions.first(Sources.quoted(dimension));
    }

    private Optional<String> problem(Stream<Column> columns) {
        try {
            var analysed = rows.select(columns.toArray(Column[]::new)).schema();
            return analysed.isEmpty() ? Optional.of("nothing to compute") : Optional.empty();
        } catch (Exception e) {
            // Spark declares none of its checked AnalysisException; Java can only name it as Exception.
            return Optional.of(SparkMessage.of(e));
        }
    }
}
