package io.plumbline.benchmark;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * SQL over all events since the experiment's first day, joined to first exposures.
 *
 * @param engine what runs it
 * @param style how many metrics a query has
 */
record SqlContender(Engine engine, Style style) implements Contender {

    /** How metrics are spread over queries. */
    enum Style {
        /** One query per metric and experiment, as the documentation of the seeds shows each type. */
        METRIC_BY_METRIC("metric by metric"),
        /** One query per experiment with all of its metrics, as the best generators of SQL write it. */
        WIDE("one query per experiment"),
        /** One query with all metrics of all experiments. */
        SHARED("one query for all experiments");

        private final String text;

        Style(String text) {
            this.text = text;
        }
    }

    @Override
    public String name() {
        return engine.name() + ", " + style.text;
    }

    @Override
    public List<Answer> answer(LocalDate day, List<String> experiments, List<Question> questions) {
        if (style == Style.SHARED) {
            return answers(shared(experiments, day, questions), questions);
        }
        List<Answer> answers = new ArrayList<>();
        for (String experiment : experiments) {
            if (style == Style.WIDE) {
                answers.addAll(answers(query(experiment, day, questions), questions));
            } else {
                questions.forEach(question ->
                        answers.addAll(answers(query(experiment, day, List.of(question)), List.of(question))));
            }
        }
        return answers;
    }

    private List<Answer> answers(String query, List<Question> questions) {
        List<Answer> answers = new ArrayList<>();
        for (List<Object> row : engine.rows(query)) {
            for (int i = 0; i < questions.size(); i++) {
                answers.add(new Answer(
                        (String) row.get(0),
                        questions.get(i).name(),
                        (String) row.get(1),
                        ((Number) row.get(2)).longValue(),
                        ((Number) row.get(3 + 2 * i)).doubleValue(),
                        ((Number) row.get(4 + 2 * i)).doubleValue()));
            }
        }
        return answers;
    }

    /** Both engines take the same text. A query of one metric has its condition where it is pushed into the scan. */
    private static String query(String experiment, LocalDate day, List<Question> questions) {
        String only = questions.size() == 1 ? " AND " + questions.get(0).condition() : "";
        return summary(
                questions,
                "SELECT x.experiment, x.unit, x.group_name, " + ofEvents(questions)
                        + " FROM (SELECT experiment, unit, group_name, t0 FROM first_exposures WHERE experiment = '"
                        + experiment + "') x LEFT JOIN (" + events(day) + only
                        + ") s ON s.unit = x.unit AND s.ts >= x.t0 GROUP BY x.experiment, x.unit, x.group_name");
    }

    /**
     * Events are added up once by unit and day for all experiments; only those of the day of an exposure are joined to it
     * one by one. The least work that was found for a query without anything kept from the day before.
     */
    private static String shared(List<String> experiments, LocalDate day, List<Question> questions) {
        String some =
                "(SELECT * FROM first_exposures WHERE experiment IN ('" + String.join("', '", experiments) + "')) x";
        String unit = "x.experiment, x.unit, x.group_name";
        String days =
                "SELECT s.unit, s.ds, " + ofEvents(questions) + " FROM (" + events(day) + ") s GROUP BY s.unit, s.ds";
        String exposed =
                "SELECT " + unit + ", " + each(questions, q -> "CAST(0 AS DOUBLE) AS " + q.name()) + " FROM " + some;
        String later = "SELECT " + unit + ", " + each(questions, q -> "sum(d." + q.name() + ") AS " + q.name())
                + " FROM " + some + " JOIN (" + days + ") d ON d.unit = x.unit AND d.ds > CAST(x.t0 AS DATE) GROUP BY "
                + unit;
        String firstDay = "SELECT " + unit + ", " + ofEvents(questions) + " FROM " + some + " JOIN (" + events(day)
                + ") s ON s.unit = x.unit AND s.ds = CAST(x.t0 AS DATE) AND s.ts >= x.t0 GROUP BY " + unit;
        return summary(
                questions,
                "SELECT " + unit + ", " + each(questions, q -> "sum(" + q.name() + ") AS " + q.name()) + " FROM ("
                        + String.join(" UNION ALL ", exposed, later, firstDay) + ") x GROUP BY " + unit);
    }

    private static String events(LocalDate day) {
        return "SELECT unit, ds, ts, event, p30, value FROM events WHERE ds BETWEEN DATE'" + Size.FIRST_DAY
                + "' AND DATE'" + day + "' AND unit IS NOT NULL";
    }

    private static String ofEvents(List<Question> questions) {
        return each(
                questions,
                q -> "sum(CASE WHEN " + q.condition() + " THEN CAST(" + q.value() + " AS DOUBLE) ELSE 0 END) AS "
                        + q.name());
    }

    /** From one row per unit of each experiment. */
    private static String summary(List<Question> questions, String units) {
        return "SELECT experiment, group_name, count(*), "
                + each(questions, q -> "sum(" + q.name() + "), sum(" + q.name() + " * " + q.name() + ")")
                + " FROM (" + units + ") GROUP BY experiment, group_name";
    }

    private static String each(List<Question> questions, Function<Question, String> text) {
        return questions.stream().map(text).collect(Collectors.joining(", "));
    }
}
