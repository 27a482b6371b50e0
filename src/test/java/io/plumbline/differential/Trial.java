package io.plumbline.differential;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An experiment of a random project.
 *
 * @param groups the first is the control
 */
record Trial(
        String name,
        String unit,
        LocalDate start,
        @Nullable LocalDate end,
        List<String> groups,
        String crossover,
        List<String> metrics,
        List<String> breakdowns,
        List<String> views) {

    static List<Trial> of(World world, Dice dice, List<MetricCase> metrics) {
        List<String> all = metrics.stream().map(MetricCase::name).toList();
        List<String> some = all.stream().filter(name -> dice.chance(0.4)).toList();
        List<String> few = all.stream().filter(name -> dice.chance(0.2)).toList();
        List<String> ofDevices =
                withoutVisits(metrics).filter(name -> dice.chance(0.3)).toList();
        List<String> two = Traps.GROUPS.subList(0, 2);
        List<String> both = List.of("cumulative", "daily");
        String rule = dice.of(List.of("exclude", "first_group"));
        return List.of(
                new Trial("whole", "user_id", world.day(0), null, two, "exclude", all, List.of("platform"), both),
                new Trial(
                        "later",
                        "user_id",
                        world.day(1),
                        world.lastDay(),
                        Traps.GROUPS,
                        "first_group",
                        some,
                        List.of("home", "platform"),
                        both),
                new Trial(
                        "ending", "user_id", world.day(0), world.day(2), two, rule, few, List.of(), both.subList(0, 1)),
                new Trial(
                        "devices",
                        "device_id",
                        world.day(1),
                        world.day(9),
                        two,
                        rule,
                        ofDevices,
                        List.of("home"),
                        both));
    }

    /** Metrics of sources that know devices. */
    private static Stream<String> withoutVisits(List<MetricCase> metrics) {
        return metrics.stream()
                .filter(m -> m.sides().stream().noneMatch(side -> side.source().equals("visits")))
                .map(MetricCase::name);
    }

    /** The same experiment with those of its metrics that are among others. */
    Trial with(List<String> others) {
        List<String> kept = metrics.stream().filter(others::contains).toList();
        return new Trial(name, unit, start, end, groups, crossover, kept, breakdowns, views);
    }

    Trial from(LocalDate day) {
        return new Trial(name, unit, day, end, groups, crossover, metrics, breakdowns, views);
    }

    String yaml() {
        return "  - name: " + name + "\n    assignment_source: exposures\n    unit: " + unit + "\n    start: " + start
                + "\n"
                + (end == null ? "" : "    end: " + end + "\n")
                + "    crossover: " + crossover + "\n    views: " + views + "\n    breakdowns: " + breakdowns + "\n"
                + "    groups:\n"
                + groups.stream()
                        .map(g -> "      - {name: " + Condition.yaml(g)
                                + (g.equals(groups.get(0)) ? ", control: true" : "") + "}\n")
                        .collect(Collectors.joining())
                + "    metrics: {primary: " + metrics + "}\n";
    }
}
