package io.plumbline.benchmark;

import java.time.LocalDate;
import java.util.List;

/** Answers SQL over the views {@code events} and {@code exposures}, and over {@code first_exposures} once prepared. */
interface Engine extends AutoCloseable {

    String name();

    /**
     * Keeps, as {@code first_exposures}, the first exposure of every unit to every experiment as of a day, without
     * units seen in several groups: {@code experiment, unit, group_name, t0}. Not timed: those who query day by day keep
     * such a table, too.
     */
    void prepare(LocalDate day);

    /** The rows of a query. */
    List<List<Object>> rows(String query);

    @Override
    void close();

    /** The query behind {@code first_exposures}. */
    static String firstExposures(LocalDate day) {
        return "SELECT experiment, unit, min(group_name) AS group_name, min(ts) AS t0 FROM exposures WHERE ds <= DATE'"
                + day + "' GROUP BY experiment, unit HAVING count(DISTINCT group_name) = 1";
    }
}
