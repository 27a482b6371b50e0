package io.plumbline.cli;

import io.plumbline.definition.Project;
import io.plumbline.inspect.FilterCount;
import io.plumbline.inspect.Preview;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sample rows, and what filters do. */
@Command(
        name = "preview",
        description = {
            "Show rows of a source on one day that pass a metric's filters, and how many rows pass each filter:",
            "alone, and together with those before it."
        })
final class PreviewCommand extends ProjectCommand {

    @Parameters(paramLabel = "NAME", description = "A metric or a metric source.")
    private String name = "";

    @Option(names = "--limit", paramLabel = "N", description = "At most this many sample rows. Default: 20.")
    private int limit = 20;

    @Mixin
    private final DayOptions days = new DayOptions();

    @Mixin
    private final ReportOption printed = new ReportOption();

    PreviewCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Output output = argument(printed::output);
        if (limit < 1) {
            throw usage("--limit is " + limit + "; give 1 or more");
        }
        Project project = root.project();
        Set<String> names = new LinkedHashSet<>(project.metrics().keySet());
        names.addAll(project.metricSources().keySet());
        known("metric or metric source", name, names);
        LocalDate day = argument(() -> days.day(project.zone(), root.clock()))
                .orElseGet(() ->
                        LocalDate.now(root.clock().withZone(project.zone())).minusDays(1));
        List<Preview> previews = root.plumbline(project).preview(name, day, limit);
        if (output == Output.JSON) {
            root.out()
                    .println(Json.text(
                            previews.stream().map(PreviewCommand::values).toList()));
        } else {
            previews.forEach(this::print);
        }
        root.out().flush();
        return ExitCode.OK;
    }

    private void print(Preview preview) {
        root.out()
                .println(preview.source() + " on " + preview.day() + ": " + preview.rowCount() + " rows, "
                        + preview.passing() + " pass");
        if (!preview.filters().isEmpty()) {
            new Listing(List.of("filter", "alone", "so_far"), filters(preview)).print(Output.TABLE, root.out());
        }
        root.out().println();
        RowValues.of(preview.schema(), preview.sample()).print(Output.TABLE, root.out());
        root.out().println();
    }

    private static Iterator<Map<String, @Nullable Object>> filters(Preview preview) {
        return preview.filters().stream().map(PreviewCommand::values).iterator();
    }

    private static Map<String, @Nullable Object> values(FilterCount filter) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("filter", filter.filter());
        values.put("alone", filter.alone().isPresent() ? filter.alone().getAsLong() : null);
        values.put("so_far", filter.cumulative());
        return values;
    }

    private static Map<String, Object> values(Preview preview) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("source", preview.source());
        values.put("day", preview.day());
        values.put("row_count", preview.rowCount());
        values.put(
                "filters",
                preview.filters().stream().map(PreviewCommand::values).toList());
        values.put("passing", preview.passing());
        List<Map<String, @Nullable Object>> sample = new ArrayList<>();
        preview.sample().forEach(row -> sample.add(RowValues.values(preview.schema(), row)));
        values.put("sample", sample);
        return values;
    }
}
