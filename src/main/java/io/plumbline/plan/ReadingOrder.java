package io.plumbline.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which order sources are read: where a source's days are cut depends on the pairs of ids that belong to its rows, and
 * another source may have these.
 */
public final class ReadingOrder {

    private ReadingOrder() {}

    /**
     * The sources in groups, each of which needs only pairs of those before it. Sources that need each other's pairs come
     * one by one and twice: the second time, the days are read again that pairs found since cut otherwise.
     */
    public static List<List<SourcePlan>> of(Collection<SourcePlan> sources) {
        List<List<SourcePlan>> order = new ArrayList<>();
        List<SourcePlan> left = new ArrayList<>(sources);
        while (!left.isEmpty()) {
            Set<String> unread = left.stream().map(SourcePlan::name).collect(Collectors.toSet());
            List<SourcePlan> ready = left.stream()
                    .filter(source -> needed(source).stream().noneMatch(unread::contains))
                    .toList();
            if (ready.isEmpty()) {
                left.forEach(source -> order.add(List.of(source)));
                left.forEach(source -> order.add(List.of(source)));
                return order;
            }
            order.add(ready);
            left.removeAll(ready);
        }
        return order;
    }

    /** The sources whose pairs say where a source's days are cut. */
    private static Set<String> needed(SourcePlan source) {
        return source.edges().stream()
                .flatMap(edges -> edges.ids().stream())
                .filter(IdScan::isOfUnitDays)
                .map(IdScan::source)
                .collect(Collectors.toSet());
    }
}
