package io.plumbline.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How many random cases a test draws, by type, and by type and modifier. A case is one metric definition with the rows of
 * one seed, compared over all of its groups, slices and views. What a definition draws from is its text: a modifier is a key
 * that it has.
 */
final class CaseCount {

    /** Every number here is reached by the seeds of each test, for every type that it draws. */
    static final int LEAST = 200;

    private static final Pattern TYPE = Pattern.compile("type: (\\w+)");

    private static final List<String> MODIFIERS = List.of(
            "cap: ",
            "log: ",
            "bake_days: ",
            "threshold: ",
            "winsorize: ",
            "cohort_window: ",
            "only_matured: true",
            "breakdowns: ",
            "filters: ",
            "approximate: true",
            "rollup: one_time_event",
            "rollup: custom_window",
            "rollup: daily_participation",
            "rollup: latest_value",
            "population: all",
            "denominator_policy: all_units",
            "length: ",
            "order: ordered",
            "order: strict",
            "order: unordered",
            "attempts: best",
            "start: exposure",
            "count: sessions",
            " session: ",
            " window: ",
            "within: ");

    private final Map<String, Integer> cases = new TreeMap<>();

    /** The cases of seeds. */
    static CaseCount of(LongStream seeds, Definitions definitions) {
        CaseCount count = new CaseCount();
        seeds.boxed().flatMap(definitions::of).forEach(count::add);
        return count;
    }

    /** The definitions that a seed draws, as YAML. */
    interface Definitions {
        Stream<String> of(long seed);
    }

    private void add(String yaml) {
        String type = TYPE.matcher(yaml).results().findFirst().orElseThrow().group(1);
        cases.merge(type, 1, Integer::sum);
        MODIFIERS.stream()
                .filter(yaml::contains)
                .forEach(modifier -> cases.merge(type + " with " + modifier.strip(), 1, Integer::sum));
    }

    /** Every type, and every type with a modifier where both are named, has at least {@link #LEAST} cases. */
    void assertEnough(String... names) {
        for (String name : names) {
            assertThat(cases.getOrDefault(name, 0))
                    .as("cases of %s among %s", name, cases)
                    .isGreaterThanOrEqualTo(LEAST);
        }
    }

    @Override
    public String toString() {
        return cases.toString();
    }
}
