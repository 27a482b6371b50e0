package io.plumbline.cli;

import io.plumbline.inspect.Walk;
import io.plumbline.inspect.WalkLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A walk as rows: for programs one per step and group, for people one per step with the groups side by side. */
final class WalkListing {

    private static final String ALL = "all";

    private WalkListing() {}

    /** Columns {@code measure, part, step, group_name, n, value}. */
    static Listing lines(Walk walk) {
        return new Listing(
                List.of("measure", "part", "step", "group_name", "n", "value"),
                walk.lines().stream().map(WalkListing::row).iterator());
    }

    private static Map<String, @Nullable Object> row(WalkLine line) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("measure", line.measure());
        row.put("part", line.part());
        row.put("step", line.step());
        row.put("group_name", line.group());
        row.put("n", line.n());
        row.put("value", line.value());
        return row;
    }

    /** Columns {@code measure, part, step}, and for all rows and each group their number and their value. */
    static Listing table(Walk walk) {
        Set<String> columns = new LinkedHashSet<>(List.of("measure", "part", "step"));
        Map<List<@Nullable String>, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
        for (WalkLine line : walk.lines()) {
            List<@Nullable String> key = new ArrayList<>();
            key.add(line.measure());
            key.add(line.part());
            key.add(line.step());
            Map<String, @Nullable Object> row = rows.computeIfAbsent(key, any -> new LinkedHashMap<>());
            row.put("measure", line.measure());
            row.put("part", line.part());
            row.put("step", line.step());
            String group = line.group() == null ? ALL : line.group();
            columns.add(group);
            columns.add(group + " value");
            row.put(group, line.n());
            row.put(group + " value", line.value());
        }
        return new Listing(List.copyOf(columns), rows.values().iterator());
    }
}
