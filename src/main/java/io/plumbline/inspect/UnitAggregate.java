package io.plumbline.inspect;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.plumbline.metric.Aggregate;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.UnitValue;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * What becomes of the rows of a unit that count: one aggregate, and the unit's value made of it. The place where a walk
 * learns a new type of metric: an entry per aggregate or roll-up.
 *
 * @param column the name of the aggregate's column
 * @param aggregate of the finite values and of the local days of the rows that count, each null for other rows
 * @param value the unit's value as a double, from the aggregate; the aggregate is null for a unit without rows
 */
record UnitAggregate(String column, BinaryOperator<Column> aggregate, UnaryOperator<Column> value) {

    private static final Map<Aggregate, UnitAggregate> TOTALS = Map.of(
            Aggregate.ROWS, zeroForNone("total rows", (value, day) -> count(day)),
            Aggregate.VALUES, zeroForNone("total values", (value, day) -> count(value)),
            Aggregate.SUM, zeroForNone("total sum", (value, day) -> sum(value)));

    private static final UnitAggregate ANY = new UnitAggregate(
            "any row",
            (value, day) -> count(day),
            rows -> when(rows.gt(lit(0)), lit(1.0)).otherwise(lit(0.0)));

    /** The column of the days exposed, by which active days are divided: INT. */
    static final String DAYS_EXPOSED = "days_exposed";

    private static final UnitAggregate ACTIVE_DAY_SHARE = new UnitAggregate(
            "active days",
            (value, day) -> count_distinct(day),
            days -> coalesce(days, lit(0)).cast(DataTypes.DoubleType).divide(col(DAYS_EXPOSED)));

    /** How a unit value is made of rows; empty where walks do not know it. */
    static Optional<UnitAggregate> of(UnitValue value) {
        if (value.components().size() != 1 || !(value.rollup() instanceof Rollup.Plain plain)) {
            return Optional.empty();
        }
        Map<Rollup.Plain, UnitAggregate> known =
                Map.of(Rollup.Plain.ANY, ANY, Rollup.Plain.ACTIVE_DAY_SHARE, ACTIVE_DAY_SHARE);
        return plain == Rollup.Plain.TOTAL
                ? Optional.ofNullable(TOTALS.get(value.component().aggregate()))
                : Optional.ofNullable(known.get(plain));
    }

    /** The aggregate over rows of a unit. */
    Column of(Column values, Column days) {
        return aggregate.apply(values, days);
    }

    private static UnitAggregate zeroForNone(String column, BinaryOperator<Column> aggregate) {
        return new UnitAggregate(column, aggregate, total -> coalesce(total.cast(DataTypes.DoubleType), lit(0.0)));
    }
}
