package io.plumbline.unitday;

import io.plumbline.metric.Aggregate;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Merges one part of the states of a unit outside of SQL: what {@link StatePart#merge} does as an aggregate, for rows as
 * Spark hands them to Java. A hundred aggregates over rows in which most are null cost Spark a hundred evaluations a row;
 * a fold is touched only by what is there.
 */
public interface StateFold {

    /** Merges a value that is not null; counts may come as doubles, see {@link Numbers}. */
    void add(Object value);

    /** The number that the values stand for, 0 for none. */
    double number();

    /** A new fold, for any one part of the aggregate's state. */
    static StateFold of(Aggregate aggregate) {
        return switch (aggregate) {
            case ROWS, VALUES -> new Count();
            case SUM -> new Sum();
            case MIN -> new Best<Double>(Comparator.reverseOrder(), value -> value);
            case MAX -> new Best<Double>(Comparator.naturalOrder(), value -> value);
            case FIRST -> new Best<>(DATED.reversed(), dated -> dated.getDouble(1));
            case LATEST -> new Best<>(DATED, dated -> dated.getDouble(1));
            case LATEST_RECORD -> new Best<Long>(Comparator.naturalOrder(), record -> record & 1);
            case SORTED_VALUES -> new Values();
            case DISTINCT -> new Texts();
            case DISTINCT_SKETCH -> new Sketches();
            case STEPS, FIRST_STEPS -> new Moments();
        };
    }

    /** Pairs of an instant and a value, field by field. */
    Comparator<Row> DATED = Comparator.<Row, Timestamp>comparing(row -> row.getTimestamp(0))
            .thenComparingDouble(row -> row.getDouble(1));

    /** Numbers of rows. */
    final class Count implements StateFold {
        private long count;

        @Override
        public void add(Object value) {
            count += ((Number) value).longValue();
        }

        @Override
        public double number() {
            return count;
        }
    }

    /** One of the two parts of an {@link ExactSum}. */
    final class Sum implements StateFold {
        private double sum;

        @Override
        public void add(Object value) {
            sum += (Double) value;
        }

        @Override
        public double number() {
            return sum;
        }
    }

    /** The greatest value. */
    final class Best<T> implements StateFold {
        private final Comparator<? super T> order;
        private final ToDoubleFunction<? super T> number;
        private @Nullable T best;

        private Best(Comparator<? super T> order, ToDoubleFunction<? super T> number) {
            this.order = order;
            this.number = number;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void add(Object value) {
            T other = (T) value;
            if (best == null || order.compare(other, best) > 0) {
                best = other;
            }
        }

        @Override
        public double number() {
            return best == null ? 0 : number.applyAsDouble(best);
        }
    }

    /** All values in ascending order. */
    final class Values implements StateFold {
        private final List<Double> values = new ArrayList<>();

        @Override
        public void add(Object value) {
            values.addAll(list(value));
        }

        /** The values, ascending. */
        public double[] sorted() {
            double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.sort(sorted);
            return sorted;
        }

        @Override
        public double number() {
            return values.size();
        }
    }

    /** The different texts. */
    final class Texts implements StateFold {
        private final TreeSet<String> texts = new TreeSet<>();

        @Override
        public void add(Object value) {
            texts.addAll(list(value));
        }

        @Override
        public double number() {
            return texts.size();
        }
    }

    /** Sketches of different values. */
    final class Sketches implements StateFold {
        private final DistinctSketch union = new DistinctSketch();

        @Override
        public void add(Object value) {
            union.add((byte[]) value);
        }

        @Override
        public double number() {
            return union.estimate();
        }
    }

    /** All moments. */
    final class Moments implements StateFold {
        private final List<Row> moments = new ArrayList<>();

        @Override
        public void add(Object value) {
            moments.addAll(list(value));
        }

        /** The moments, repeated where states repeat them. */
        public List<Row> all() {
            return Collections.unmodifiableList(moments);
        }

        @Override
        public double number() {
            return moments.size();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> list(Object array) {
        return CollectionConverters.asJava((scala.collection.Seq<T>) array);
    }
}
