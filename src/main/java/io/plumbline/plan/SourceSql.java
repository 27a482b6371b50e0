package io.plumbline.plan;

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

/**
 * The statements that give a source the name under which a query reads it.
 *
 * @param title said of it in a comment
 * @param view its name
 * @param location where its rows are
 * @param columns its named expressions
 */
record SourceSql(String title, String view, Location location, Map<String, String> columns) {

    /** A metric source, under its own name. */
    static SourceSql of(MetricSource source) {
        return new SourceSql("Metric source " + source.name(), source.name(), source.location(), source.columns());
    }

    /**
     * Makes the name a view of the source's rows and its named expressions.
     *
     * @param first the first day that a query among sources reads
     * @param last the last one
     */
    List<String> statements(LocalDate first, LocalDate last) {
        List<String> statements = new ArrayList<>();
        String from = from(first, last, statements);
        String named = columns.entrySet().stream()
                .map(column -> ",\n  " + column.getValue().strip() + " AS " + SqlText.name(column.getKey()))
                .collect(Collectors.joining());
        statements.add("-- " + title + "\nCREATE OR REPLACE TEMPORARY VIEW " + view + " AS\nSELECT *" + named
                + "\nFROM " + from);
        return statements;
    }

    private String from(LocalDate first, LocalDate last, List<String> statements) {
        if (location instanceof Location.Table table) {
            return table.name();
        }
        if (location instanceof Location.Query query) {
            return "(\n" + expanded(query.text().strip(), first, last) + "\n)";
        }
        Location.Files files = (Location.Files) location;
        if (files.options().isEmpty() && files.schema().isEmpty()) {
            return files.format().sparkName() + "." + SqlText.quoted(files.path());
        }
        String raw = view + "__files";
        statements.add("-- Files of " + view + "\nCREATE OR REPLACE TEMPORARY VIEW " + raw
                + files.schema().map(ddl -> " (" + ddl + ")").orElse("") + "\nUSING "
                + files.format().sparkName() + "\nOPTIONS (" + options(files) + ")");
        return raw;
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
