package io.plumbline.benchmark;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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
        WIDE("one query per experiment");

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
        List<Answer> answers = new ArrayList<>();
        for (String experiment : experiments) {
            if (style == Style.WIDE) {
                answers.addAll(answers(experiment, day, questions));
            } else {
                questions.forEach(question -> answers.addAll(answers(experiment, day, List.of(question))));
            }
        }
        return answers;
    }

    private List<Answer> answers(String experiment, LocalDate day, List<Question> questions) {
        List<Answer> answers = new ArrayList<>();
        for (List<Object> row : engine.rows(query(experiment, day, questions))) {
            for (int i = 0; i < questions.size(); i++) {
                answers.add(new Answer(
                        experiment,
                        questions.get(i).name(),
                        (String) row.get(0),
                        ((Number) row.get(1)).longValue(),
                        ((Number) row.get(2 + 2 * i)).doubleValue(),
                        ((Number) row.get(3 + 2 * i)).doubleValue()));
            }
        }
        return answers;
    }

    /** Both engines take the same text. A query of one metric has its condition where it is pushed into the scan. */
    private static String query(String experiment, LocalDate day, List<Question> questions) {
        String values = questions.stream()
                .map(q -> "sum(CASE WHEN " + q.condition() + " THEN CAST(" + q.value() + " AS DOUBLE) ELSE 0 END) AS "
                        + q.name())
                .collect(Collectors.joining(", "));
        String sums = questions.stream()
                .map(q -> "sum(" + q.name() + "), sum(" + q.name() + " * " + q.name() + ")")
                .collect(Collectors.joining(", "));
        String only = questions.size() == 1 ? " AND " + questions.get(0).condition() : "";
        return "SELECT group_name, count(*), " + sums + " FROM (SELECT x.unit, x.group_name, " + values
                + " FROM (SELECT unit, group_name, t0 FROM first_exposures WHERE experiment = '" + experiment
                + "') x LEFT JOIN (SELECT unit, ts, event, p30, value FROM events WHERE ds BETWEEN DATE'"
                + Size.FIRST_DAY + "' AND DATE'" + day + "' AND unit IS NOT NULL" + only
                + ") s ON s.unit = x.unit AND s.ts >= x.t0 GROUP BY x.unit, x.group_name) GROUP BY group_name";
    }
}
