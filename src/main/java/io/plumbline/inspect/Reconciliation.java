package io.plumbline.inspect;

import static io.plumbline.exposure.ExposureSchema.GROUP_NAME;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.exposure.ResolvedIds;
import io.plumbline.metric.Component;
import io.plumbline.metric.Measure;
import io.plumbline.metric.Metric;
import io.plumbline.metric.UnitValue;
import io.plumbline.source.Sources;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Walks a metric of an experiment from source rows to its stored results. A source is read once per component, in the days
 * of the experiment; nothing of unit-days, unit totals or summaries is used.
 *
 * @param project whose sources and settings
 * @param metric whose number
 * @param experiment whose units
 * @param asOf the day of the stored results
 * @param ids which units event ids belonged to on that day; empty where the experiment resolves none
 */
public record Reconciliation(
        Project project, Metric metric, Experiment experiment, LocalDate asOf, Optional<ResolvedIds> ids) {

    /**
     * The walk.
     *
     * @param read reads sources with a session whose time zone is the project's
     * @param exposures as they were known at the end of the day
     * @param stored the metric's top line of the experiment's cumulative results as of the day
     */
    public Walk walk(Sources read, Dataset<Row> exposures, List<Row> stored) {
        Map<RowWalk, Dataset<Row>> walked = new LinkedHashMap<>();
        List<WalkLines> perMeasure = new ArrayList<>();
        try {
            for (Measure measure : metric.measures()) {
                perMeasure.add(walk(measure, read, exposures, stored, walked));
            }
        } finally {
            walked.values().forEach(Dataset::unpersist);
        }
        boolean complete = metric.measures().stream().allMatch(m -> units(m).isKnown());
        Optional<String> gap = Optional.of("how a metric of type " + metric.type()
                        + " makes values of a unit's rows is not walked; its rows and units are complete")
                .filter(text -> !complete);
        return new Walk(
                experiment.name(),
                metric.name(),
                asOf,
                perMeasure.stream().flatMap(lines -> lines.lines().stream()).toList(),
                perMeasure.stream()
                        .flatMap(lines -> lines.differences().stream())
                        .toList(),
                gap);
    }

    private WalkLines walk(
            Measure measure,
            Sources read,
            Dataset<Row> exposures,
            List<Row> stored,
            Map<RowWalk, Dataset<Row>> walked) {
        WalkLines lines = new WalkLines(measure.step().map(Measure.Step::name).orElse(null));
        Dataset<Row> exposed = walkedUnits().of(exposures, measure);
        List<Dataset<Row>> perUnit = new ArrayList<>();
        for (UnitValue side : measure.sides()) {
            for (Component component : side.components()) {
                RowWalk rows = new RowWalk(walkedUnits(), component, side.window(), UnitAggregate.of(side));
                if (!walked.containsKey(rows)) {
                    walked.put(rows, rows.perUnit(read, exposed).persist(StorageLevel.MEMORY_AND_DISK()));
                    rows(part(measure, side, component), rows, Objects.requireNonNull(walked.get(rows)), lines);
                }
                perUnit.add(Objects.requireNonNull(walked.get(rows)));
            }
        }
        units(measure, units(measure).perGroup(exposed, perUnit), lines, stored);
        return lines;
    }

    private WalkedUnits walkedUnits() {
        return new WalkedUnits(experiment, experiment.period().lastDay(asOf), project.metricSources(), ids);
    }

    private UnitWalk units(Measure measure) {
        return new UnitWalk(walkedUnits(), measure, project.settings().winsorizeRelativeError());
    }

    private static String part(Measure measure, UnitValue side, Component component) {
        String number =
                side.components().size() == 1 ? "" : " " + (side.components().indexOf(component) + 1);
        if (measure.denominator().isEmpty()) {
            return "rows" + number;
        }
        return (side.equals(measure.numerator()) ? "numerator rows" : "denominator rows") + number;
    }

    /** Steps before exposure are summed over all units; later ones have a line per group. */
    private void rows(String part, RowWalk walk, Dataset<Row> perUnit, WalkLines lines) {
        Map<String, Row> groups = byGroup(walk.perGroup(perUnit));
        boolean perGroup = false;
        for (String step : walk.steps()) {
            perGroup |= step.equals(RowWalk.EXPOSED);
            if (perGroup) {
                for (Group group : experiment.groups()) {
                    Optional<Row> row = Optional.ofNullable(groups.get(group.name()));
                    lines.add(
                            part, step, group.name(), count(row, RowWalk.rows(step)), value(row, RowWalk.value(step)));
                }
            } else {
                lines.add(part, step, null, total(groups, RowWalk.rows(step)), sum(groups, RowWalk.value(step)));
            }
        }
    }

    private void units(Measure measure, Dataset<Row> perGroup, WalkLines lines, List<Row> stored) {
        UnitWalk walk = units(measure);
        Map<String, Row> groups = byGroup(perGroup);
        for (String step : walk.steps()) {
            for (Group group : experiment.groups()) {
                Optional<Row> row = Optional.ofNullable(groups.get(group.name()));
                lines.add(
                        "units",
                        step,
                        group.name(),
                        count(row, UnitWalk.count(step)),
                        value(row, UnitWalk.value(step)));
            }
        }
        if (walk.isKnown()) {
            experiment.groups().forEach(group -> check(measure, group.name(), groups, stored, lines));
        }
    }

    private static void check(
            Measure measure, String group, Map<String, Row> groups, List<Row> stored, WalkLines lines) {
        Optional<Row> walked = Optional.ofNullable(groups.get(group));
        Optional<Row> expected = stored.stream()
                .filter(row -> group.equals(row.getAs(GROUP_NAME)))
                .filter(row -> measure.stepIndex() == count(Optional.of(row), "step"))
                .findFirst();
        double total = Objects.requireNonNullElse(value(walked, UnitWalk.value(UnitWalk.TOTAL)), 0.0);
        double denominator = Objects.requireNonNullElse(value(walked, UnitWalk.value(UnitWalk.DENOMINATOR)), 0.0);
        lines.compare("units", group, count(walked, UnitWalk.count(UnitWalk.ANALYSED)), units(expected));
        lines.compare(UnitWalk.TOTAL, group, total, value(expected, UnitWalk.TOTAL));
        if (measure.denominator().isPresent()) {
            lines.compare(UnitWalk.DENOMINATOR, group, denominator, value(expected, UnitWalk.DENOMINATOR));
        }
        lines.compare("mean", group, denominator == 0 ? null : total / denominator, value(expected, "unadjusted_mean"));
    }

    private static @Nullable Long units(Optional<Row> stored) {
        return stored.<Long>map(row -> row.getAs("units")).orElse(null);
    }

    private static Map<String, Row> byGroup(Dataset<Row> perGroup) {
        Map<String, Row> groups = new LinkedHashMap<>();
        perGroup.collectAsList().forEach(row -> groups.put(String.valueOf(row.<Object>getAs(GROUP_NAME)), row));
        return groups;
    }

    private static long total(Map<String, Row> groups, String column) {
        return groups.values().stream()
                .mapToLong(row -> count(Optional.of(row), column))
                .sum();
    }

    private static @Nullable Double sum(Map<String, Row> groups, String column) {
        List<Double> values = groups.values().stream()
                .flatMap(row -> Optional.ofNullable(value(Optional.of(row), column)).stream())
                .toList();
        return values.isEmpty()
                ? null
                : Double.valueOf(values.stream().mapToDouble(v -> v).sum());
    }

    private static long count(Optional<Row> row, String column) {
        return row.<Number>map(found -> found.getAs(column))
                .map(Number::longValue)
                .orElse(0L);
    }

    private static @Nullable Double value(Optional<Row> row, String column) {
        return row.<Double>map(found -> found.getAs(column)).orElse(null);
    }
}
