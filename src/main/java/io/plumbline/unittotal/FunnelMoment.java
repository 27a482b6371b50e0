package io.plumbline.unittotal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A time at which a unit qualified for steps of a funnel. Several may have the same time; their order means nothing.
 *
 * @param at microseconds since 1970; of sources without a time of day, days since 1970 times 24 hours
 * @param steps bit k − 1 stands for step k
 * @param session the session, null where the funnel has none
 */
public record FunnelMoment(long at, int steps, @Nullable String session) {

    /** The moments of a state, see {@link io.plumbline.unitday.StepMoments}. */
    public static List<FunnelMoment> all(Iterable<Row> rows) {
        List<FunnelMoment> moments = new ArrayList<>();
        rows.forEach(row -> moments.add(new FunnelMoment(row.getLong(0), row.getInt(1), row.getString(2))));
        return moments;
    }

    /** Whether a step, from 1, is among those qualified for. */
    boolean has(int step) {
        return (steps >> (step - 1) & 1) == 1;
    }

    boolean isOf(@Nullable String someSession) {
        return Objects.equals(session, someSession);
    }
}
