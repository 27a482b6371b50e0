package io.plumbline.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.pipeline.Progress;
import io.plumbline.pipeline.StepReport;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The daily job, with everything that belongs to it: it also stores what it finds. */
final class PlumblineContender implements Contender {

    private final Plumbline plumbline;
    private final Project project;

    PlumblineContender(
            SparkSession spark, ShopData data, Path folder, List<String> experiments, List<Question> metrics) {
        this(spark, data, folder, experiments, metrics, List.of());
    }

    /**
     * The job in a folder of its own.
     *
     * @param breakdowns properties of units by which all experiments are broken down
     */
    PlumblineContender(
            SparkSession spark,
            ShopData data,
            Path folder,
            List<String> experiments,
            List<Question> metrics,
            List<String> breakdowns) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("plumbline.yml"), definitions(data, experiments, metrics, breakdowns));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        project = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
        plumbline = Plumbline.on(spark, project);
    }

    private static String definitions(
            ShopData data, List<String> experiments, List<Question> metrics, List<String> breakdowns) {
        StringBuilder text = new StringBuilder("version: 1\nproject: benchmark\nunit_types: [unit]\nmetric_sources:\n"
                + "  - {name: events, path: \"" + data.events()
                + "\", format: parquet, timestamp: ts, date_partition: ds,"
                + " units: {unit: unit}}\nassignment_sources:\n  - {name: exposures, path: \"" + data.exposures()
                + "\", format: parquet, timestamp: ts, date_partition: ds, experiment: experiment, group: group_name, "
                + "units: {unit: unit}, properties: " + ShopData.PROPERTIES + "}\nmetrics:\n");
        metrics.forEach(metric -> text.append(metric.yaml()));
        if (!experiments.isEmpty()) {
            text.append("experiments:\n");
        }
        experiments.forEach(name -> text.append("  - {name: " + name
                + ", assignment_source: exposures, unit: unit, start: " + Size.FIRST_DAY
                + ", groups: [{name: control, control: true}, {name: treatment}], metrics: {primary: [\"tag:all\"]}, "
                + "breakdowns: " + breakdowns + ", views: [cumulative]}\n"));
        return text.toString();
    }

    Project project() {
        return project;
    }

    /** The job of a day; every step must succeed. */
    void run(LocalDate day) {
        List<StepReport> failed = plumbline.run(day, Progress.NONE).steps().stream()
                .filter(step -> step.status() != StepReport.Status.OK)
                .toList();
        if (!failed.isEmpty()) {
            throw new IllegalStateException("run of " + day + ": " + failed);
        }
    }

    @Override
    public String name() {
        return "Plumbline";
    }

    @Override
    public List<Answer> answer(LocalDate day, List<String> experiments, List<Question> questions) {
        run(day);
        return stored(day, experiments, questions);
    }

    /** What the job has stored as of a day. */
    List<Answer> stored(LocalDate day, List<String> experiments, List<Question> questions) {
        List<String> names = questions.stream().map(Question::name).toList();
        return plumbline
                .table("experiment_results")
                .filter(col("ds").equalTo(lit(day)).and(col("dimension").isNull()))
                .filter(col("experiment")
                        .isin(experiments.toArray())
                        .and(col("metric").isin(names.toArray())))
                .collectAsList()
                .stream()
                .map(PlumblineContender::answer)
                .toList();
    }

    private static Answer answer(Row row) {
        long units = row.getAs("units");
        double total = row.getAs("total");
        double mean = total / units;
        // Of a mean over units, the variance is that of the units' values; a single unit has none.
        double variance = units > 1 ? row.getAs("variance") : 0;
        double squares = variance * (units - 1) + mean * total;
        return new Answer(row.getAs("experiment"), row.getAs("metric"), row.getAs("group_name"), units, total, squares);
    }
}
