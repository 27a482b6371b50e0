package io.plumbline.unittotal;

import static io.plumbline.exposure.ExposureSchema.COVARIATE_FROM;
import static io.plumbline.exposure.ExposureSchema.FIRST_EXPOSURE_DATE;
import static org.apache.spark.sql.functions.bit_count;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.plumbline.metric.CohortWindow;
import io.plumbline.plan.UnitTotal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * The days on which a unit was active since its exposure, as a bitmap: bit i of word w stands for day 63·w + i after the
 * date of exposure; of the days before exposure, after the first of them. A day with several unit-day rows sets its bit once; counting
 * distinct days instead would multiply the rows by the number of metrics.
 */
final class ActiveDays {

    /** Days of a word. */
    static final int BITS = 63;

    private ActiveDays() {}

    /** Collects the bitmap of one unit. */
    static final class Bitmap implements TotalReading.UnitSum {

        private final long[] words;

        Bitmap(TotalReading reading) {
            this.words = new long[reading.outputs()];
        }

        @Override
        public void add(Object[] state, int day) {
            words[day / BITS] |= 1L << (day % BITS);
        }

        @Override
        public void write(Object[] columns, int from) {
            for (int word = 0; word < words.length; word++) {
                if (words[word] != 0) {
                    columns[from + word] = words[word];
                }
            }
        }
    }

    /** The columns of a bitmap. */
    static List<String> columns(UnitTotal total, int days) {
        return IntStream.rangeClosed(0, (days - 1) / BITS)
                .mapToObj(word -> total.column(part(word)))
                .toList();
    }

    /** Active days ÷ days exposed, from 0 to 1: DOUBLE. */
    static Column share(UnitTotal total, int days, Column daysExposed) {
        Column active = IntStream.rangeClosed(0, (days - 1) / BITS)
                .mapToObj(word -> coalesce(bit_count(col(total.column(part(word)))), lit(0)))
                .reduce(Column::plus)
                .orElseThrow();
        return active.cast(DataTypes.DoubleType).divide(daysExposed.cast(DataTypes.DoubleType));
    }

    /** The bitmap as a struct of its words, BIGINT, 0 where there is no active day. */
    static Column bitmap(UnitTotal total, int days) {
        return struct(IntStream.rangeClosed(0, (days - 1) / BITS)
                .mapToObj(
                        word -> coalesce(col(total.column(part(word))), lit(0L)).as(part(word)))
                .toArray(Column[]::new));
    }

    /** Whether there is any active day. */
    static Column any(UnitTotal total, int days) {
        return IntStream.rangeClosed(0, (days - 1) / BITS)
                .mapToObj(word -> col(total.column(part(word))).isNotNull())
                .reduce(Column::or)
                .orElseThrow();
    }

    /** Days of a total: from exposure to the last day that is read, both included, or those before exposure. */
    static Column inSpan(UnitTotal total, LocalDate asOf) {
        return total.span() instanceof CohortWindow window
                ? date_diff(InWindow.lastRead(window, asOf), col(FIRST_EXPOSURE_DATE))
                        .plus(lit(1))
                : date_diff(col(FIRST_EXPOSURE_DATE), col(COVARIATE_FROM));
    }

    private static String part(int word) {
        return "days" + word;
    }
}
