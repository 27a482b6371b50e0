package io.plumbline.inspect;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.Filter;
import io.plumbline.metric.MetricSource;
import io.plumbline.plan.FilterSql;
import io.plumbline.source.Filters;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What selections take, with every filter tested only on rows that pass those before it, and a source's expressions only on
 * rows that pass them all: division by zero behind a filter on zero does not happen here, as it does not in a run. Costs a
 * scan per filter, and does not know what a filter lets pass alone.
 *
 * @param rows the source's rows of the day
 * @param limit the most rows of a sample
 */
record GuardedPreview(MetricSource source, LocalDate day, int limit, Dataset<Row> rows) {

    List<Preview> of(List<List<Filter>> selections) {
        long rowCount = rows.count();
        return selections.stream().map(filters -> of(rowCount, filters)).toList();
    }

    private Preview of(long rowCount, List<Filter> filters) {
        List<String> texts = FilterSql.conditions(filters);
        List<FilterCount> counts = new ArrayList<>();
        long passing = rowCount;
        for (int i = 0; i < filters.size(); i++) {
            passing = rows.filter(passes(filters.subList(0, i + 1))).count();
            counts.add(new FilterCount(texts.get(i), OptionalLong.empty(), passing));
        }
        List<Row> sample = rows.filter(passes(filters)).limit(limit).collectAsList();
        return new Preview(source.name(), day, rowCount, counts, passing, rows.schema(), sample);
    }

    /** Nested cases and not a conjunction, of which Spark may evaluate any part first. */
    private Column passes(List<Filter> filters) {
        Filters conditions = new Filters(rows.schema());
        Column passes = lit(1);
        for (int i = filters.size() - 1; i >= 0; i--) {
            passes = when(conditions.all(List.of(filters.get(i))), passes).otherwise(lit(0));
        }
        return passes.equalTo(lit(1));
    }
}
