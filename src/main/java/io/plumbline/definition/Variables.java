package io.plumbline.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The project's variables, {@code {{ name }}} in any text but names. A closed set: a name that is not declared is an error.
 * The environment is read in the values of variables and nowhere else.
 */
final class Variables {

    /** What the SQL of sources may use beside the project's variables; replaced when the source is read. */
    static final Set<String> DATES = Set.of("start_date", "end_date", "start_date_int", "end_date_int");

    private static final Pattern USE = Pattern.compile("\\{\\{\\s*([^{}\\s]*)\\s*}}|\\{\\{");
    private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}|\\$\\{");

    private final Map<String, String> values;

    Variables(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Told what is wrong with a text, and at which character. */
    interface Complaints {
        void add(int offset, String message);
    }

    /** The same variables and others. */
    Variables and(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(more);
        return new Variables(all);
    }

    /** The same variables, the dates of SQL sources left as they are written. */
    Variables keepingDates() {
        Map<String, String> kept = new LinkedHashMap<>();
        DATES.forEach(name -> kept.put(name, "{{ " + name + " }}"));
        return and(kept);
    }

    /** The same variables, and any valid values for the dates of SQL sources. */
    Variables withSampleDates() {
        String date = "DATE'2000-01-01'";
        return and(
                Map.of("start_date", date, "end_date", date, "start_date_int", "20000101", "end_date_int", "20000101"));
    }

    /** A text with values in place of variables; what cannot be replaced stays as written and is complained about. */
    Expanded expand(String text, Complaints complaints) {
        List<Expanded.Piece> pieces = new ArrayList<>();
        StringBuilder result = new StringBuilder();
        Matcher use = USE.matcher(text);
        int done = 0;
        while (use.find()) {
            String value = use.group(1) == null ? null : values.get(use.group(1));
            if (value == null) {
                complaints.add(use.start(), complaint(use.group(), use.group(1) == null ? "" : use.group(1)));
                continue;
            }
            pieces.add(new Expanded.Piece(result.length(), done, use.start(), Expanded.Origin.WRITTEN));
            result.append(text, done, use.start());
            pieces.add(new Expanded.Piece(result.length(), use.start(), use.end(), Expanded.Origin.REPLACED));
            result.append(value);
            done = use.end();
        }
        pieces.add(new Expanded.Piece(result.length(), done, text.length(), Expanded.Origin.WRITTEN));
        return new Expanded(result.append(text.substring(done)).toString(), text, pieces);
    }

    private String complaint(String written, String name) {
        if (DATES.contains(name)) {
            return "{{ " + name + " }} is for the `sql` of a source only";
        }
        if (name.isEmpty()) {
            return Wording.quoted(written) + " is not a variable; write {{ name }}";
        }
        return "no variable is named " + Wording.quoted(name) + Wording.didYouMean(name, values.keySet());
    }

    /** The value of a variable: its text with the environment's values in place of {@code ${NAME}}. */
    static String value(String text, Map<String, String> environment, Complaints complaints) {
        if (text.contains("{{")) {
            complaints.add(text.indexOf("{{"), "the value of a variable cannot use another variable; write it out");
        }
        return ENVIRONMENT.matcher(text).replaceAll(use -> {
            String name = use.group(1);
            if (name == null) {
                complaints.add(use.start(), "'${' without a name and '}'; write ${NAME} or ${NAME:-default}");
                return Matcher.quoteReplacement(use.group());
            }
            String value = environment.get(name);
            if (value == null && use.group(2) == null) {
                complaints.add(
                        use.start(), "the environment has no " + name + "; set it, or write ${" + name + ":-default}");
            }
            String otherwise = use.group(2) == null ? use.group() : use.group(2);
            return Matcher.quoteReplacement(value == null ? otherwise : value);
        });
    }
}
