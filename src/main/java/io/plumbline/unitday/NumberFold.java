package io.plumbline.unitday;

import io.plumbline.metric.Aggregate;
import io.plumbline.plan.PlannedComponent;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Merges the pairs of several rows of one unit outside of SQL: what {@link Numbers#merged} does in it. */
public final class NumberFold {

    /**
     * How pairs merge that are not added. Travels to the executors.
     *
     * @param least numbers of the components of which the least value remains
     * @param greatest numbers of those of which the greatest does
     */
    public record Rule(Set<Long> least, Set<Long> greatest) implements Serializable {
        public Rule {
            least = Set.copyOf(least);
            greatest = Set.copyOf(greatest);
        }

        /** The rule for the pairs of some components. */
        public static Rule of(Collection<PlannedComponent> components) {
            return new Rule(numbers(components, Aggregate.MIN), numbers(components, Aggregate.MAX));
        }

        private static Set<Long> numbers(Collection<PlannedComponent> components, Aggregate aggregate) {
            return components.stream()
                    .filter(component -> component.component().aggregate() == aggregate)
                    .map(component -> Numbers.number(component.id()))
                    .collect(Collectors.toSet());
        }

        private double merged(long component, double one, double other) {
            if (least.contains(component)) {
                return Math.min(one, other);
            }
            return greatest.contains(component) ? Math.max(one, other) : one + other;
        }
    }

    private final Rule rule;
    private final Map<Long, Double> values = new TreeMap<>();

    /** Nothing yet. */
    public NumberFold(Rule rule) {
        this.rule = rule;
    }

    /** Merges the pairs of a row. */
    public void add(scala.collection.Seq<Row> pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            Row pair = pairs.apply(i);
            long part = pair.getLong(0);
            values.merge(part, pair.getDouble(1), (one, other) -> rule.merged(part >> Numbers.BITS, one, other));
        }
    }

    /** One pair for each part, in order. */
    public List<Row> pairs() {
        return values.entrySet().stream()
                .map(entry -> RowFactory.create(entry.getKey(), entry.getValue()))
                .toList();
    }
}
