package io.plumbline.benchmark;

import io.plumbline.benchmark.Ratio.Goal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * How the cost of a day's run grows with the data and with what is asked of them, one thing at a time. What scorecards cost
 * is the cost of a run less that of a run without any experiment.
 */
final class Growth {

    private static final int FACTOR = 4;

    /** Days since the beginning of which the third and the 28th are compared. */
    private static final int YOUNG = 3;

    private final SparkSession spark;
    private final Size size;
    private final Path folder;

    Growth(SparkSession spark, Size size, Path folder) {
        this.spark = spark;
        this.size = size;
        this.folder = folder;
    }

    /**
     * A run with something changed.
     *
     * @param name of its folder
     * @param breakdowns properties by which every experiment is broken down
     * @param lateShare of a day's rows that come with the next day's run, for one of the fourteen days before
     */
    private record Variant(String name, Size size, List<String> breakdowns, double lateShare) {

        static Variant of(String name, Size size) {
            return new Variant(name, size, List.of(), 0);
        }
    }

    /**
     * What the timed days took.
     *
     * @param cells units of all groups, times metrics
     */
    private record Measured(Cost cost, double cells) {}

    /** Everything, one variant after the other. */
    Report report() {
        Measured young = measured(Variant.of("young", size), Size.FIRST_DAY.plusDays(YOUNG - 1L), size.rounds());
        Measured as = measured(Variant.of("as_it_is", size));
        Measured none = measured(Variant.of("no_experiments", size.withExperiments(0)));
        Measured events = measured(Variant.of("events", size.withEvents(FACTOR)));
        Measured metrics = measured(Variant.of("metrics", size.withMetrics(FACTOR * size.metrics())));
        Measured experiments = measured(Variant.of("experiments", size.withExperiments(FACTOR * size.experiments())));
        Measured one = measured(new Variant("one_property", size, List.of("q1"), 0));
        Measured two = measured(new Variant("two_properties", size, List.of("q1", "q2"), 0));
        Measured late = measured(new Variant("late", size, List.of(), 0.01));
        Cost scorecards = as.cost().minus(none.cost());
        List<Ratio> ratios = List.of(
                of("run of day " + size.days() + " / of day " + YOUNG, as.cost(), young.cost(), Goal.atMost(1.2)),
                of("events x " + FACTOR, events.cost(), as.cost(), Goal.atMost(FACTOR)),
                of("metrics x " + FACTOR, metrics.cost(), as.cost(), Goal.atMost(FACTOR)),
                of("experiments x " + FACTOR, experiments.cost(), as.cost(), Goal.atMost(FACTOR)),
                of(
                        "experiments x " + FACTOR + ", scorecards alone",
                        experiments.cost().minus(none.cost()),
                        scorecards,
                        Goal.atMost(FACTOR)),
                of(
                        "broken down by 1 property, scorecards alone",
                        one.cost().minus(none.cost()),
                        scorecards,
                        Goal.atMost(2)),
                of(
                        "broken down by 2 properties, scorecards alone",
                        two.cost().minus(none.cost()),
                        scorecards,
                        Goal.atMost(3)),
                of("1 % late rows of 14 days", late.cost(), as.cost(), Goal.atMost(1.3)),
                perSecond(as.cells(), scorecards));
        return new Report(size, Report.thisMachine(), ratios);
    }

    private static Ratio of(String what, Cost one, Cost other, Goal goal) {
        return Ratio.of(what, one, other, goal);
    }

    private static Ratio perSecond(double cells, Cost scorecards) {
        return new Ratio(
                "million values of units, by second of scorecards",
                cells / 1e6 / scorecards.cpuSeconds(),
                cells / 1e6 / scorecards.wallSeconds(),
                Goal.atLeast(25),
                String.format(
                        Locale.ROOT, "%,.0f million in %s CPU s", cells / 1e6, Ratio.number(scorecards.cpuSeconds())));
    }

    private Measured measured(Variant variant) {
        return measured(variant, variant.size().timedDays().get(0), size.rounds());
    }

    /** All days before are read by one run, which is not timed. */
    private Measured measured(Variant variant, LocalDate first, int days) {
        System.err.println("benchmark: " + variant.name());
        Size shape = variant.size();
        ShopData data =
                new ShopData(spark, shape, folder.resolve(variant.name()).resolve("data"));
        data.write();
        List<Question> questions =
                IntStream.range(0, shape.metrics()).mapToObj(Question::new).toList();
        List<String> names = shape.experimentNames();
        PlumblineContender contender = new PlumblineContender(
                spark, data, folder.resolve(variant.name()).resolve("project"), names, questions, variant.breakdowns());
        contender.run(first.minusDays(1));
        List<Cost> costs = new ArrayList<>();
        double cells = 0;
        for (LocalDate day = first; day.isBefore(first.plusDays(days)); day = day.plusDays(1)) {
            LocalDate timed = day;
            data.writeLate(day, variant.lateShare());
            costs.add(Cost.of(() -> contender.run(timed)));
            cells = contender.stored(timed, names, questions).stream()
                    .mapToDouble(Answer::units)
                    .sum();
        }
        return new Measured(Cost.median(costs), cells);
    }
}
