package io.plumbline.plan;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Experiment;
import io.plumbline.metric.Location;
import io.plumbline.metric.MetricSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** The statements that give a source and the exposures the names under which a metric's query reads them. */
final class SourceSql {

    private SourceSql() {}

    /** Makes {@code exposures} the table that runs write. */
    static String exposures(Project project) {
        String table = project.warehouse() instanceof Project.Warehouse.Folder folder
                ? "delta." + SqlText.quoted(folder.path() + "/exposures")
                : ((Project.Warehouse.Schema) project.warehouse()).name() + ".exposures";
        return "-- First exposures, as runs write them\nCREATE OR REPLACE TEMPORARY VIEW exposures AS\nSELECT * FROM "
                + table;
    }

    /** Makes the source's name a view of its rows and its named expressions. */
    static List<String> views(MetricSource source, Experiment experiment, LocalDate lastDay) {
        List<String> statements = new ArrayList<>();
        String from = from(source, experiment, lastDay, statements);
        String columns = source.columns().entrySet().stream()
                .map(column -> ",\n  " + column.getValue().strip() + " AS " + SqlText.name(column.getKey()))
                .collect(Collectors.joining());
        statements.add("-- Metric source " + source.name() + "\nCREATE OR REPLACE TEMPORARY VIEW " + source.name()
                + " AS\nSELECT *" + columns + "\nFROM " + from);
        return statements;
    }

    private static String from(MetricSource source, Experiment experiment, LocalDate lastDay, List<String> statements) {
        if (source.location() instanceof Location.Table table) {
            return table.name();
        }
        if (source.location() instanceof Location.Query query) {
            return "(\n" + expanded(query.text().strip(), experiment.period().start(), lastDay) + "\n)";
        }
        Location.Files files = (Location.Files) source.location();
        if (files.options().isEmpty() && files.schema().isEmpty()) {
            return files.format().sparkName() + "." + SqlText.quoted(files.path());
        }
        String view = source.name() + "__files";
        statements.add("-- Files of " + source.name() + "\nCREATE OR REPLACE TEMPORARY VIEW " + view
                + files.schema().map(ddl -> " (" + ddl + ")").orElse("") + "\nUSING "
                + files.format().sparkName() + "\nOPTIONS (" + options(files) + ")");
        return view;
    }

    private static String options(Location.Files files) {
        Map<String, String> options = new TreeMap<>(files.options());
        options.put("path", files.path());
        return options.entrySet().stream()
                .map(option -> SqlText.quoted(option.getKey()) + " " + SqlText.literal(option.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** The query for all days of the experiment; both ends are inclusive. */
    private static String expanded(String query, LocalDate first, LocalDate last) {
        Map<String, String> variables = Map.of(
                "start_date", SqlText.literal(first),
                "end_date", SqlText.literal(last),
                "start_date_int", DateTimeFormatter.BASIC_ISO_DATE.format(first),
                "end_date_int", DateTimeFormatter.BASIC_ISO_DATE.format(last));
        String text = query;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            text = text.replaceAll(
                    "\\{\\{\\s*" + variable.getKey() + "\\s*}}", Matcher.quoteReplacement(variable.getValue()));
        }
        return text;
    }
}
