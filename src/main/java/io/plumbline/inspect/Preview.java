package io.plumbline.inspect;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What a selection takes of one day of a source.
 *
 * @param source name of the metric source
 * @param day the local day
 * @param rowCount rows of the source on the day
 * @param filters in the order in which they are written; none takes all rows
 * @param passing rows that pass them all
 * @param schema the columns of the source, named expressions included
 * @param sample some of the rows that pass
 */
public record Preview(
        String source,
        LocalDate day,
        long rowCount,
        List<FilterCount> filters,
        long passing,
        StructType schema,
        List<Row> sample) {

    public Preview {
        filters = List.copyOf(filters);
        sample = List.copyOf(sample);
    }
}
