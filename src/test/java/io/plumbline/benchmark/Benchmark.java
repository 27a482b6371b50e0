package io.plumbline.benchmark;

import io.plumbline.benchmark.Ratio.Goal;
import io.plumbline.benchmark.SqlContender.Style;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * Measures the daily job beside SQL that gives the same numbers, day by day: the job runs all days in order, the others
 * answer as of each of the last ones.
 */
public final class Benchmark {

    private static final int THREADS = 2;

    private final SparkSession spark;
    private final Size size;
    private final ShopData data;
    private final Path folder;
    private final Map<String, List<Cost>> costs = new LinkedHashMap<>();
    private final List<Cost> dayByDay = new ArrayList<>();

    Benchmark(SparkSession spark, Size size, Path folder) {
        this.spark = spark;
        this.size = size;
        this.folder = folder;
        this.data = new ShopData(spark, size, folder.resolve("data"));
    }

    /** Arguments: the size, and a folder that does not exist yet or may be replaced. */
    public static void main(String[] args) {
        Size size = Size.named(args[0]);
        Path folder = Path.of(args[1]).toAbsolutePath();
        SparkSession spark = BenchmarkSession.start(THREADS, folder);
        try {
            if (size.equals(Size.UNITS)) {
                System.out.print(new UnitGrowth(spark, size, folder).text());
                return;
            }
            Report report = size.equals(Size.GROWTH)
                    ? new Growth(spark, size, folder).report()
                    : new Benchmark(spark, size, folder).report();
            report.write(folder.getParent());
            System.out.print(report.text());
        } finally {
            spark.stop();
        }
    }

    /** Measures everything. */
    Report report() {
        say("writing " + size);
        data.write();
        days();
        UnitDayPass pass = new UnitDayPass(spark, data, folder, size.lastDay());
        int metrics = size.metrics();
        say("unit-days of " + metrics + ", " + 2 * metrics + ", " + 4 * metrics + " and " + 8 * metrics + " metrics");
        pass.measured(size.rounds(), metrics, 2 * metrics, 4 * metrics, 8 * metrics);
        say("everything again, from nothing");
        Cost rebuilt = Cost.of(
                () -> plumbline("rebuilt", size.experimentNames(), questions()).run(size.lastDay()));
        return new Report(size, Report.thisMachine(), ratios(pass, rebuilt));
    }

    private void days() {
        PlumblineContender all = plumbline("all", size.experimentNames(), questions());
        PlumblineContender few = plumbline("few", List.of(middle()), sampled());
        try (Engine onSpark = new SparkEngine(spark, data);
                Engine onDuck = new DuckEngine(data, THREADS)) {
            for (LocalDate day = Size.FIRST_DAY; !day.isAfter(size.lastDay()); day = day.plusDays(1)) {
                say("day " + day);
                if (size.timedDays().contains(day)) {
                    timed(day, all, few, onSpark, onDuck);
                } else {
                    LocalDate untimed = day;
                    dayByDay.add(Cost.of(() -> all.run(untimed)));
                    if (size.timedDays().contains(day.plusDays(1))) {
                        few.run(day);
                    }
                }
            }
        }
    }

    private void timed(LocalDate day, Contender all, Contender few, Engine onSpark, Engine onDuck) {
        Map<String, Answer> expected = new LinkedHashMap<>();
        dayByDay.add(timed("all", all, day, size.experimentNames(), questions(), expected));
        timed("few", few, day, List.of(middle()), sampled(), expected);
        for (Engine engine : List.of(onSpark, onDuck)) {
            engine.prepare(day);
            Contender wide = new SqlContender(engine, Style.WIDE);
            timed(wide.name(), wide, day, size.experimentNames(), questions(), expected);
            Contender single = new SqlContender(engine, Style.METRIC_BY_METRIC);
            timed(single.name(), single, day, List.of(middle()), sampled(), expected);
        }
        Contender shared = new SqlContender(onDuck, Style.SHARED);
        timed(shared.name(), shared, day, size.experimentNames(), questions(), expected);
    }

    /** The answers have to be those of whoever answered first. */
    private Cost timed(
            String name,
            Contender contender,
            LocalDate day,
            List<String> experiments,
            List<Question> questions,
            Map<String, Answer> expected) {
        List<Answer> answers = new ArrayList<>();
        Cost cost = Cost.of(() -> answers.addAll(contender.answer(day, experiments, questions)));
        if (answers.size() != 2 * experiments.size() * questions.size()) {
            throw new IllegalStateException(contender.name() + " gives " + answers.size() + " numbers as of " + day);
        }
        for (Answer answer : answers) {
            Answer first = expected.putIfAbsent(answer.key(), answer);
            if (first != null && !first.agrees(answer)) {
                throw new IllegalStateException(
                        contender.name() + " disagrees as of " + day + ": " + answer + ", not " + first);
            }
        }
        costs.computeIfAbsent(name, key -> new ArrayList<>()).add(cost);
        return cost;
    }

    private List<Ratio> ratios(UnitDayPass pass, Cost rebuilt) {
        List<Ratio> ratios = new ArrayList<>(besideOthers());
        ratios.addAll(unitDays(pass));
        Cost last = dayByDay.get(size.days() - 1);
        ratios.add(Ratio.of("run of day " + size.days() + " / of day 3", last, dayByDay.get(2), atMost(1.2)));
        ratios.add(Ratio.of(
                "run of a day / of all " + size.days() + " from nothing",
                median("all"),
                rebuilt,
                atMost(1.3 / size.days())));
        return ratios;
    }

    private List<Ratio> besideOthers() {
        Cost all = median("all");
        double scale = (double) size.metrics() * size.experiments() / size.sample();
        String shape = " / run, " + size.metrics() + " metrics x " + size.experiments() + " experiments";
        return List.of(
                Ratio.of(
                        "Spark, metric by metric / run, " + size.sample() + " metrics x 1 experiment",
                        median("Spark, metric by metric"),
                        median("few"),
                        atLeast(5)),
                Ratio.of(
                        "Spark, metric by metric (scaled up)" + shape,
                        median("Spark, metric by metric").times(scale),
                        all,
                        atLeast(100)),
                Ratio.of(
                        "Spark, one query per experiment" + shape,
                        median("Spark, one query per experiment"),
                        all,
                        atLeast(5)),
                Ratio.of(
                        "DuckDB, one query per experiment" + shape,
                        median("DuckDB, one query per experiment"),
                        all,
                        atLeast(1)),
                Ratio.of(
                        "run / DuckDB, one query for all experiments, " + size.metrics() + " metrics x "
                                + size.experiments() + " experiments",
                        all,
                        median("DuckDB, one query for all experiments"),
                        atMost(3)),
                Ratio.of(
                        "DuckDB, metric by metric (scaled up)" + shape,
                        median("DuckDB, metric by metric").times(scale),
                        all,
                        Goal.NONE));
    }

    private List<Ratio> unitDays(UnitDayPass pass) {
        int m = size.metrics();
        String unitDays = "unit-days of " + m;
        return List.of(
                Ratio.of(unitDays + " metrics / scan", pass.of(m), pass.scanned(), atMost(6)),
                Ratio.of("unit-days of " + 4 * m + " metrics / scan", pass.of(4 * m), pass.scanned(), atMost(10)),
                Ratio.of("unit-days of " + 2 * m + " metrics / of " + m, pass.of(2 * m), pass.of(m), atMost(2.1)),
                Ratio.of(
                        "unit-days of " + 8 * m + " metrics / of " + 4 * m,
                        pass.of(8 * m),
                        pass.of(4 * m),
                        atMost(2.1)),
                Ratio.of(
                        "one more metric / unit-days of its event",
                        pass.of(4 * m).minus(pass.of(m)).times(1.0 / (3 * m)),
                        pass.of(m).times(1.0 / Math.min(m, ShopData.EVENT_NAMES)),
                        atMost(0.01)),
                Ratio.of(unitDays + " metrics / sum by unit", pass.of(m), pass.summed(), Goal.NONE));
    }

    private Cost median(String name) {
        return Cost.median(costs.getOrDefault(name, List.of()));
    }

    private Goal atLeast(double bound) {
        return size.isJudged() ? Goal.atLeast(bound) : Goal.NONE;
    }

    private Goal atMost(double bound) {
        return size.isJudged() ? Goal.atMost(bound) : Goal.NONE;
    }

    private PlumblineContender plumbline(String name, List<String> experiments, List<Question> questions) {
        return new PlumblineContender(spark, data, folder.resolve(name), experiments, questions);
    }

    private List<Question> questions() {
        return IntStream.range(0, size.metrics()).mapToObj(Question::new).collect(Collectors.toList());
    }

    /** Some of the metrics, of all kinds. */
    private List<Question> sampled() {
        return IntStream.range(0, size.sample())
                .mapToObj(i -> new Question(i * size.metrics() / size.sample()))
                .toList();
    }

    /** The experiment that half of the units meet. */
    private String middle() {
        return size.experimentNames().get(size.experiments() / 2);
    }

    private static void say(String what) {
        System.err.println("benchmark: " + what);
    }
}
