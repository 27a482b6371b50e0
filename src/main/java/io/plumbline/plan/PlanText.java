package io.plumbline.plan;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.experiment.IdResolution;
import io.plumbline.experiment.Role;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.Location;
import io.plumbline.metric.MetricSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A plan as text: every source that is scanned, once, with what is computed from it; every experiment with its metrics and
 * windows. The same plan gives the same text, so that plans can be compared line by line.
 */
public final class PlanText {

    private final RunPlan plan;
    private final List<String> lines = new ArrayList<>();

    private PlanText(RunPlan plan) {
        this.plan = plan;
    }

    /** The text of a plan; lines end with a line feed. */
    public static String of(RunPlan plan) {
        PlanText text = new PlanText(plan);
        text.head();
        plan.sources().values().forEach(text::source);
        plan.propertyScans().forEach(text::properties);
        plan.idScans().forEach(text::ids);
        plan.experiments().forEach(text::experiment);
        return String.join("\n", text.lines) + "\n";
    }

    /** Where the rows of a source are, in one line. */
    static String location(Location location) {
        if (location instanceof Location.Table table) {
            return "table " + table.name();
        }
        if (location instanceof Location.Files files) {
            return files.format().sparkName() + " files " + files.path();
        }
        return "query " + ((Location.Query) location).text().strip().replaceAll("\\s+", " ");
    }

    private void head() {
        Project project = plan.project();
        lines.add("run of " + project.name() + " as of " + plan.asOf() + ", days of " + project.zone());
        int components = plan.sources().values().stream()
                .mapToInt(source -> source.components().size())
                .sum();
        lines.add(String.format(
                Locale.ROOT,
                "%s, %s for %s and %s, plan %s",
                counted(
                        plan.sources().size()
                                + plan.propertyScans().size()
                                + plan.idScans().size(),
                        "scan"),
                counted(components, "component"),
                counted(plan.metrics().size(), "metric"),
                counted(plan.experiments().size(), "experiment"),
                plan.hash()));
    }

    private static String counted(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    private void source(SourcePlan planned) {
        MetricSource source = planned.source();
        lines.add("");
        lines.add("scan " + source.name());
        field("rows", location(source.location()));
        field("time", time(source.time()));
        field("days", planned.firstDay() + " to " + plan.asOf() + ", those that are missing, late or changed");
        field(
                "leaf",
                planned.leaf()
                        .map(leaf -> leaf.column() + ": " + String.join(", ", leaf.values()))
                        .orElse("none"));
        planned.unitTypes()
                .forEach(unit -> field("unit-days", unit + " (" + source.unitColumn(unit) + ")" + cuts(planned, unit)));
        planned.ids().forEach(scan -> field("pairs", pairs(scan)));
        planned.components().stream()
                .sorted(Comparator.comparing(PlanText::component))
                .forEach(component -> lines.add("  " + component.id() + "  " + component(component)));
    }

    private void properties(PropertyScan scan) {
        lines.add("");
        lines.add("scan " + scan.source().name());
        field("rows", location(scan.source().location()));
        field("time", scan.source().time().map(PlanText::time).orElse("none"));
        field("days", "all to " + plan.asOf() + ", in every run");
        field(
                "properties",
                scan.unitType() + " (" + scan.source().unitColumn(scan.unitType()) + "): "
                        + String.join(", ", scan.properties()) + ", last value at or before exposure, for "
                        + String.join(", ", scan.experiments()));
    }

    private void ids(IdScan scan) {
        Project project = plan.project();
        lines.add("");
        lines.add("scan " + scan.source() + " for ids");
        field("rows", location(scan.location(project)));
        field(
                "days",
                scan.isReadWhole()
                        ? "all to " + plan.asOf() + ", in every run"
                        : scan.firstDay(plan.experiments()) + " to " + scan.lastDay(plan.experiments())
                                + ", those that are missing or changed");
        field("pairs", pairs(scan));
    }

    private String pairs(IdScan scan) {
        Project project = plan.project();
        return scan.eventUnitType() + " (" + scan.column(project, scan.eventUnitType()) + ") of " + scan.unitType()
                + " (" + scan.column(project, scan.unitType()) + "), for "
                + scan.users(plan.experiments()).stream()
                        .map(PlannedExperiment::name)
                        .collect(Collectors.joining(", "));
    }

    /** How ids are resolved: {@code user_id of device_id by logins, first touch}. */
    static String ids(IdResolution ids, String unit) {
        String mode = ids.mode().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return ids.eventUnit() + " of " + unit + " by " + ids.source() + ", " + mode;
    }

    private static String component(PlannedComponent component) {
        String by = component.dimensions().isEmpty() ? "" : ", also by " + String.join(", ", component.dimensions());
        return ValueText.aggregate(component.component()) + " | " + ValueText.filters(component.component()) + by;
    }

    private static String time(EventTime time) {
        String precision = time.precision() == EventTime.Precision.INSTANT ? "to the instant" : "to the day";
        String partition = time.partition()
                .map(p -> ", partition " + p.column()
                        + p.zone().map(zone -> " (days of " + zone + ")").orElse(""))
                .orElse("");
        return time.column() + ", " + precision + partition;
    }

    private static String cuts(SourcePlan planned, String unit) {
        List<Edges> edges = planned.edgesOf(unit);
        if (edges.isEmpty()) {
            return "";
        }
        return edges.stream().map(PlanText::cut).collect(Collectors.joining("; ", ", cut by ", ""));
    }

    private static String cut(Edges edges) {
        String offsets = edges.offsets().stream()
                .map(offset -> offset.isZero() ? "exposure" : "+" + SqlText.elapsed(offset))
                .collect(Collectors.joining(", "));
        return edges.experiment() + " at " + (offsets.isEmpty() ? "whole days" : offsets);
    }

    private void experiment(PlannedExperiment planned) {
        Experiment experiment = planned.experiment();
        lines.add("");
        lines.add("experiment " + experiment.name());
        field(
                "units",
                experiment.unit() + ", exposed from " + experiment.period().start()
                        + experiment.period().end().map(end -> " to " + end).orElse(" on") + ", data to "
                        + planned.lastDay()
                        + (planned.lastWindowDay().equals(planned.lastDay())
                                ? ""
                                : ", of windows that have an end to " + planned.lastWindowDay()));
        field(
                "exposures",
                experiment.assignmentSource() + ": " + location(planned.source().location()));
        experiment.idResolution().ifPresent(ids -> field("ids", ids(ids, experiment.unit())));
        field("groups", experiment.groups().stream().map(PlanText::group).collect(Collectors.joining(", ")));
        if (!experiment.breakdowns().isEmpty()) {
            field("breakdowns", String.join(", ", experiment.breakdowns()));
        }
        if (planned.daysBefore() > 0) {
            field("covariates", "the " + planned.daysBefore() + " local days before exposure");
        }
        planned.metrics()
                .forEach(metric -> metric(metric, experiment.metrics().getOrDefault(metric.name(), Role.SECONDARY)));
    }

    private static String group(Group group) {
        String control = group.role() == Group.Role.CONTROL ? " (control)" : "";
        return group.name() + " " + SqlText.number(group.weight()) + control;
    }

    private void metric(PlannedMetric metric, Role role) {
        lines.add(String.format(
                Locale.ROOT,
                "  %-10s %s, %s",
                role.label(),
                metric.name(),
                metric.metric().type()));
        metric.measures().forEach(measure -> {
            side(measure.denominator().isPresent() ? "numerator " : "", measure.numerator());
            measure.denominator().ifPresent(side -> side("denominator ", side));
        });
        if (!metric.dimensions().isEmpty()) {
            lines.add("             by " + String.join(", ", metric.dimensions()));
        }
    }

    private void side(String name, PlannedSide side) {
        List<String> modifiers = ValueText.modifiers(side.value());
        String tail = modifiers.isEmpty() ? "" : ": " + String.join("; ", modifiers);
        lines.add("             " + name + side.total().component().id() + tail);
    }

    private void field(String name, String value) {
        lines.add(String.format(Locale.ROOT, "  %-10s %s", name, value));
    }
}
