package io.plumbline.unitday;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.hll_sketch_agg;
import static org.apache.spark.sql.functions.hll_union_agg;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.Aggregate;
import io.plumbline.source.SourceException;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * States that are sets of values.
 *
 * <p><b>Exact</b>: {@code ARRAY<STRING>} of the values' texts, sorted, without repeats. Sets merge by the distinct
 * elements of their concatenation. Texts and not hashes of them, although these are shorter: two values of one hash would
 * count as one, and nobody could see it in the table; text takes values of every type. {@code count(DISTINCT ...)}, which
 * has no state to merge, would make Spark copy every row once per metric.
 *
 * <p><b>Approximate</b>: {@code BINARY}, Spark's HyperLogLog sketch of 2¹² buckets, merged by union. Small sets are kept
 * as lists of hashes, whose number is exact but for collisions of 26 bits; from some 400 values on the relative standard
 * error is 1.04 ÷ √4096 = 1.6 %. The estimate is that of the sketch united with itself. A sketch that was never united
 * also remembers in which order values came, and estimates by that; this way the number follows from the set alone.
 *
 * @see <a href="https://datasketches.apache.org/docs/HLL/HLL.html">Apache DataSketches: HLL sketch</a>
 */
final class DistinctValues {

    static final int LOG2_BUCKETS = 12;

    /** To the microsecond, and with the offset: of two instants that share a local time each has its own text. */
    private static final Map<String, String> NESTED_INSTANTS = Map.of(
            "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
            "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private DistinctValues() {}

    /** The state's only part, named like the aggregate. */
    static StatePart part(Aggregate aggregate) {
        String name = aggregate.name().toLowerCase(Locale.ROOT);
        return aggregate == Aggregate.DISTINCT
                ? new StatePart(name, "ARRAY<STRING>", DistinctValues::union)
                : new StatePart(name, "BINARY", DistinctValues::sketchUnion);
    }

    /**
     * The aggregate over texts, of which those that are null are skipped; null for none. A sketch skips the empty text
     * too, although it is a value, and so gets every text with a character before it.
     */
    static Column ofRows(Aggregate aggregate, Column text) {
        return aggregate == Aggregate.DISTINCT
                ? nullIfEmpty(sort_array(collect_set(text)))
                : when(count(text).gt(lit(0)), hll_sketch_agg(concat(lit("="), text), LOG2_BUCKETS));
    }

    /**
     * A text that two values of an expression share if and only if they are equal; null for null, NaN and infinities.
     * Zero has one text whatever its sign. Instants are texts of their microseconds, because two instants share a local
     * time when clocks are put back. Arrays and structs are JSON: the text of a cast has no quotes, and
     * {@code array('a, b')} would be {@code array('a', 'b')}.
     *
     * @throws SourceException for a value that holds floating point numbers or a map: equal ones have several texts
     */
    static Column text(String value, Dataset<Row> rows) {
        Column column = column(value);
        DataType type = type(value, rows);
        if (isNested(type)) {
            requireOneText(value, type, type);
            return to_json(column, NESTED_INSTANTS);
        }
        Column text = column.cast(DataTypes.StringType);
        if (isFloating(type)) {
            return when(column.equalTo(lit(0.0)), lit("0.0")).when(not(isNonFinite(column)), text);
        }
        if (type instanceof TimestampType) {
            return unix_micros(column).cast(DataTypes.StringType);
        }
        return type instanceof BinaryType ? hex(column) : text;
    }

    /** Whether the value is NaN or infinite; never for types that have neither. */
    static Column nonFinite(String value, Dataset<Row> rows) {
        return isFloating(type(value, rows)) ? isNonFinite(column(value)) : lit(false);
    }

    private static Column union(Column sets) {
        return nullIfEmpty(sort_array(array_distinct(flatten(collect_list(sets)))));
    }

    private static Column sketchUnion(Column sketches) {
        return when(count(sketches).gt(lit(0)), hll_union_agg(sketches));
    }

    private static Column nullIfEmpty(Column array) {
        return when(array_size(array).gt(lit(0)), array);
    }

    private static Column isNonFinite(Column number) {
        return isnan(number).or(abs(number).equalTo(lit(Double.POSITIVE_INFINITY)));
    }

    private static boolean isFloating(DataType type) {
        return type instanceof DoubleType || type instanceof FloatType;
    }

    private static boolean isNested(DataType type) {
        return type instanceof ArrayType || type instanceof StructType || type instanceof MapType;
    }

    private static void requireOneText(String value, DataType type, DataType part) {
        if (part instanceof ArrayType array) {
            requireOneText(value, type, array.elementType());
        } else if (part instanceof StructType struct) {
            for (StructField field : struct.fields()) {
                requireOneText(value, type, field.dataType());
            }
        } else if (part instanceof MapType || isFloating(part)) {
            String reason = part instanceof MapType
                    ? "entries of equal maps may have different orders; count map_entries that are sorted"
                    : "0.0 and -0.0 are equal, and NaN is no value; cast it to DECIMAL";
            throw new SourceException("distinct values of '" + value + "' are of type " + type.sql() + ", which holds "
                    + part.sql() + ": " + reason);
        }
    }

    private static DataType type(String value, Dataset<Row> rows) {
        return rows.select(column(value)).schema().fields()[0].dataType();
    }

    private static Column column(String value) {
        return expr("(" + value + ")");
    }
}
