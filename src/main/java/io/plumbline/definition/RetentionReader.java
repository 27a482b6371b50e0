package io.plumbline.definition;

import io.plumbline.metric.MetricInfo;
import io.plumbline.metric.RetentionMetric;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.Selection;
import java.util.Optional;

/** Reads a retention metric: two selections, and the days on which the second has to follow the first. */
final class RetentionReader {

    private final Checker checker;
    private final FilterReader filters;

    RetentionReader(Checker checker, FilterReader filters) {
        this.checker = checker;
        this.filters = filters;
    }

    /** The metric; empty, with a problem reported, when its window reaches back to the start day. */
    Optional<RetentionMetric> read(Fields metric, MetricInfo about) {
        Selection start = rows(metric.fields("start").orElseThrow());
        Selection completion = rows(metric.fields("completion").orElseThrow());
        int end = days(metric.text("end"));
        int length = metric.optional("length").map(RetentionReader::days).orElse(1);
        if (length > end) {
            String message = Wording.quoted(metric.written("length")) + " is longer than end "
                    + Wording.quoted(metric.written("end")) + "; the window must begin after the start day";
            checker.problem(metric.place("length"), "length", message);
            return Optional.empty();
        }
        return Optional.of(new RetentionMetric(about, start, completion, new Rollup.Return(end, length)));
    }

    private Selection rows(Fields selection) {
        return new Selection(selection.text("source"), filters.filters(selection, "filters"));
    }

    private static int days(String text) {
        return Math.toIntExact(Literals.duration(text).toDays());
    }
}
