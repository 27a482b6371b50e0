package io.plumbline.source;

import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of SQL sources: a closed set of typed literals. */
final class Macros {

    private static final Pattern MACRO = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    private Macros() {}

    /** The query with every macro replaced; both ends of the range are inclusive. */
    static String expand(String query, DayRange days) {
        Map<String, String> values = Map.of(
                "start_date",
                "DATE'" + days.first() + "'",
                "end_date",
                "DATE'" + days.last() + "'",
                "start_date_int",
                DateTimeFormatter.BASIC_ISO_DATE.format(days.first()),
                "end_date_int",
                DateTimeFormatter.BASIC_ISO_DATE.format(days.last()));
        return MACRO.matcher(query)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }
}
