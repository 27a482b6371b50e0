package io.plumbline.inspect;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.metric.Component;
import io.plumbline.metric.Filter;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricSource;
import io.plumbline.plan.FilterSql;
import io.plumbline.source.DayRange;
import io.plumbline.source.Filters;
import io.plumbline.source.SourceSchema;
import io.plumbline.source.Sources;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Shows what filters take of one day of their sources. A source is scanned once, however many selections and filters there
 * are; every filter is tested on every row, also on rows that another filter leaves out. Where a filter fails on such rows,
 * {@link GuardedPreview} tests it behind the filters before it alone, as a run does.
 *
 * @param read reads sources with a session whose time zone is the project's
 * @param day the local day
 * @param limit the most rows of a sample
 */
public record Previews(Sources read, LocalDate day, int limit) {

    /** All rows of a source. */
    public List<Preview> of(MetricSource source) {
        return of(source, List.of(List.of()));
    }

    /** The selections of a metric: one per source and list of filters, in the order of its components. */
    public List<Preview> of(Metric metric, Map<String, MetricSource> sources) {
        Map<String, List<List<Filter>>> bySource = new LinkedHashMap<>();
        for (Component component : metric.components()) {
            selections(component)
                    .filter(selection -> !bySource.computeIfAbsent(component.source(), name -> new ArrayList<>())
                            .contains(selection))
                    .forEach(selection -> Objects.requireNonNull(bySource.get(component.source()))
                            .add(selection));
        }
        return bySource.entrySet().stream()
                .flatMap(entry -> of(Objects.requireNonNull(sources.get(entry.getKey())), entry.getValue()).stream())
                .toList();
    }

    /** Its filters and, where an aggregate tests lists of conditions itself, those with each of the lists. */
    private static Stream<List<Filter>> selections(Component component) {
        List<Filter> filters = component.rows().filters();
        return component.conditions().isEmpty()
                ? Stream.of(filters)
                : component.conditions().stream()
                        .map(conditions -> Stream.concat(filters.stream(), conditions.stream())
                                .toList());
    }

    private List<Preview> of(MetricSource source, List<List<Filter>> selections) {
        Dataset<Row> rows = rows(source);
        PreviewKernel kernel = kernel(rows, selections);
        List<Row> found;
        try {
            found = counted(rows, selections).collectAsList();
        } catch (Exception e) {
            // Spark declares none of its checked SparkException; Java can only name it as Exception.
            if (selections.stream().allMatch(filters -> filters.size() < 2)) {
                throw e;
            }
            return new GuardedPreview(source, day, limit, rows).of(selections);
        }
        long[] counters = kernel.counters(found);
        List<Preview> previews = new ArrayList<>();
        int counter = 1;
        for (int i = 0; i < selections.size(); i++) {
            List<String> texts = FilterSql.conditions(selections.get(i));
            List<FilterCount> filters = new ArrayList<>();
            for (int j = 0; j < texts.size(); j++) {
                filters.add(new FilterCount(
                        texts.get(j), OptionalLong.of(counters[counter + j]), counters[counter + texts.size() + j]));
            }
            long passing = filters.isEmpty()
                    ? counters[0]
                    : filters.get(filters.size() - 1).cumulative();
            List<Row> sample =
                    PreviewKernel.sample(found, i).stream().limit(limit).toList();
            previews.add(new Preview(source.name(), day, counters[0], filters, passing, rows.schema(), sample));
            counter += 2 * texts.size();
        }
        return previews;
    }

    /** The source's rows of the day, without the columns that reading adds. */
    Dataset<Row> rows(MetricSource source) {
        return read.read(source, new DayRange(day, day)).drop(SourceSchema.AT, SourceSchema.DAY);
    }

    /** What {@link PreviewKernel} gives for the selections, in one scan of the rows. */
    Dataset<Row> counted(Dataset<Row> rows, List<List<Filter>> selections) {
        Filters filters = new Filters(rows.schema());
        Stream<Column> tests = selections.stream()
                .flatMap(List::stream)
                .map(filter -> coalesce(filters.all(List.of(filter)), lit(false)));
        List<Column> columns = new ArrayList<>();
        for (String name : rows.columns()) {
            columns.add(Sources.quoted(name));
        }
        tests.forEach(test -> columns.add(test.as("plumbline__passes_" + columns.size())));
        return rows.select(columns.toArray(Column[]::new))
                .mapPartitions(kernel(rows, selections), Encoders.row(PreviewKernel.schema(rows.schema())));
    }

    private PreviewKernel kernel(Dataset<Row> rows, List<List<Filter>> selections) {
        return new PreviewKernel(
                rows.columns().length, selections.stream().map(List::size).toList(), limit);
    }
}
