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

    /** The day that the last one is compared with. */
    private static final int YOUNG = 3;

    /** Of a day's rows. */
    private static final double LATE = 0.01;

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

    /** Everything, one variant after the other. */
    Report report() {
        Course asItIs = new Course(Variant.of("as_it_is", size));
        Cost young = asItIs.timed(Size.FIRST_DAY.plusDays(YOUNG - 1L));
        Cost usual = asItIs.timed();
        Cost none = cost(Variant.of("no_experiments", size.withExperiments(0)));
        Cost scorecards = usual.minus(none);
        Cost events = cost(Variant.of("events", size.withEvents(FACTOR)));
        Cost metrics = cost(Variant.of("metrics", size.withMetrics(FACTOR * size.metrics())));
        Cost experiments = cost(Variant.of("experiments", size.withExperiments(FACTOR * size.experiments())));
        Cost one = cost(new Variant("one_property", size, List.of("q1"), 0));
        Cost two = cost(new Variant("two_properties", size, List.of("q1", "q2"), 0));
        Cost late = cost(new Variant("late", size, List.of(), LATE));
        String alone = ", scorecards alone";
        List<Ratio> ratios = List.of(
                Ratio.of("run of day " + size.days() + " / of day " + YOUNG, usual, young, Goal.atMost(1.2)),
                Ratio.of("events x " + FACTOR, events, usual, Goal.atMost(FACTOR)),
                Ratio.of("metrics x " + FACTOR, metrics, usual, Goal.atMost(FACTOR)),
                Ratio.of("experiments x " + FACTOR, experiments, usual, Goal.atMost(FACTOR)),
                Ratio.of("experiments x " + FACTOR + alone, experiments.minus(none), scorecards, Goal.atMost(FACTOR)),
                Ratio.of("broken down by 1 property" + alone, one.minus(none), scorecards, Goal.atMost(2)),
                Ratio.of("broken down by 2 properties" + alone, two.minus(none), scorecards, Goal.atMost(3)),
                Ratio.of("1 % late rows of 14 days", late, usual, Goal.atMost(1.3)),
                perSecond(asItIs.cells(), scorecards));
        return new Report(size, Report.thisMachine(), ratios);
    }

    private Cost cost(Variant variant) {
        return new Course(variant).timed();
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

    /** The runs of a variant, day after day. */
    private final class Course {

        private final Variant variant;
        private final ShopData data;
        private final List<Question> questions;
        private final PlumblineContender contender;

        Course(Variant variant) {
            System.err.println("benchmark: " + variant.name());
            Path place = folder.resolve(variant.name());
            this.variant = variant;
            this.data = new ShopData(spark, variant.size(), place.resolve("data"));
            this.questions = IntStream.range(0, variant.size().metrics())
                    .mapToObj(Question::new)
                    .toList();
            this.contender = new PlumblineContender(
                    spark,
                    data,
                    place.resolve("project"),
                    variant.size().experimentNames(),
                    questions,
                    variant.breakdowns());
            data.write();
        }

        /** The median of the last days. */
        Cost timed() {
            return timed(variant.size().timedDays().get(0));
        }

        /** The median of some days; those before them are read by one run, which is not timed. */
        Cost timed(LocalDate first) {
            contender.run(first.minusDays(1));
            List<Cost> costs = new ArrayList<>();
            for (int i = 0; i < variant.size().rounds(); i++) {
                LocalDate day = first.plusDays(i);
                data.writeLate(day, variant.lateShare());
                costs.add(Cost.of(() -> contender.run(day)));
            }
            return Cost.median(costs);
        }

        /** Units of all groups as of the last day, times metrics. */
        double cells() {
            return contender.stored(variant.size().lastDay(), variant.size().experimentNames(), questions).stream()
                    .mapToDouble(Answer::units)
                    .sum();
        }
    }
}
