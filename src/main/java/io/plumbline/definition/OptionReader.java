package io.plumbline.definition;

import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.CountDistinctMetric;
import io.plumbline.metric.Logarithm;
import io.plumbline.metric.Population;
import io.plumbline.metric.Threshold;
import io.plumbline.metric.Winsorization;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads what metrics of several types have in common: cohort window, threshold, winsorization. */
final class OptionReader {

    private final Checker checker;

    OptionReader(Checker checker) {
        this.checker = checker;
    }

    /** The cohort window of a metric, with its age; empty when neither is given, or when it is wrong. */
    Optional<CohortWindow> window(Fields metric) {
        return window(metric, Optional.empty());
    }

    /** The cohort window of a side, with its age; what the side does not give is the metric's. */
    Optional<CohortWindow> window(Fields side, Optional<CohortWindow> ofMetric) {
        Optional<CohortWindow> span = side.has("cohort_window") ? span(side) : ofMetric;
        OptionalDouble bakeDays = side.number("bake_days");
        int days = bakeDays.isPresent()
                ? (int) bakeDays.getAsDouble()
                : ofMetric.map(CohortWindow::bakeDays).orElse(0);
        return days == 0 ? span : Optional.of(span.orElse(CohortWindow.ALL).baked(days));
    }

    private Optional<CohortWindow> span(Fields metric) {
        return metric.fields("cohort_window").flatMap(window -> {
            Duration from = window.optional("from").map(Literals::duration).orElse(Duration.ZERO);
            Optional<Duration> to = window.optional("to").map(Literals::duration);
            boolean matured = window.flag("only_matured");
            if (to.isPresent() && to.get().compareTo(from) <= 0) {
                String message = Wording.quoted(window.text("to")) + " is not after from "
                        + Wording.quoted(window.optional("from").orElse("0d")) + "; the end is exclusive";
                checker.problem(window.place("to"), "to", message);
                return Optional.empty();
            }
            if (matured && to.isEmpty()) {
                checker.problem(window.place("only_matured"), "only_matured", "needs a window with an end; give 'to'");
                return Optional.empty();
            }
            CohortWindow.Maturity maturity = matured ? CohortWindow.Maturity.ONLY_MATURED : CohortWindow.Maturity.ANY;
            return Optional.of(new CohortWindow(from, to, maturity));
        });
    }

    /** The threshold of a metric. */
    Optional<Threshold> threshold(Fields metric) {
        return metric.fields("threshold").map(threshold -> {
            OptionalDouble least = threshold.number("at_least");
            return least.isPresent()
                    ? new Threshold(Threshold.Kind.AT_LEAST, least.getAsDouble())
                    : new Threshold(
                            Threshold.Kind.MORE_THAN,
                            threshold.number("more_than").orElseThrow());
        });
    }

    /** How the different values of a metric or side are counted. */
    static CountDistinctMetric.Counting counting(Fields metric) {
        return metric.flag("approximate")
                ? CountDistinctMetric.Counting.APPROXIMATE
                : CountDistinctMetric.Counting.EXACT;
    }

    /** Which units count for a metric without denominator. */
    static Population population(Fields metric, Population otherwise) {
        return metric.optional("population")
                .map(word -> word.equals("all") ? Population.ALL_UNITS : Population.PARTICIPATING)
                .orElse(otherwise);
    }

    /** The base of the logarithm that is taken; empty when none is, or when it does not go with other options. */
    Optional<Logarithm> logarithm(Fields metric) {
        return metric.fields("log").flatMap(log -> {
            String conflict = metric.has("threshold")
                    ? "does not go with threshold: the logarithm of 1 is 0, and 0 has none"
                    : metric.fields("winsorize")
                                    .flatMap(winsorize -> winsorize.optional("population"))
                                    .filter("all"::equals)
                                    .isPresent()
                            ? "does not go with winsorize population all: units without a positive value leave"
                            : "";
            if (!conflict.isEmpty()) {
                checker.problem(metric.place("log"), "log", conflict);
                return Optional.empty();
            }
            return log.optional("base").map(base -> new Logarithm(base.equals("e") ? Math.E : Literals.number(base)));
        });
    }

    /** The winsorization of a metric or side; empty when there is none, or when it is wrong. */
    Optional<Winsorization> winsorization(Fields parent) {
        return parent.fields("winsorize").flatMap(winsorize -> {
            OptionalDouble lower = winsorize.number("lower");
            OptionalDouble upper = winsorize.number("upper");
            if (lower.isEmpty() && upper.isEmpty()) {
                if (winsorize.given("lower") || winsorize.given("upper")) {
                    return Optional.empty();
                }
                checker.problem(parent.place("winsorize"), "winsorize", "give 'lower', 'upper' or both");
                return Optional.empty();
            }
            if (!(lower.orElse(0) < upper.orElse(1))) {
                String bounds = "lower " + lower.orElse(0) + " is not below upper " + upper.orElse(1);
                checker.problem(parent.place("winsorize"), "winsorize", bounds);
                return Optional.empty();
            }
            String population = winsorize.optional("population").orElse("nonzero");
            return Optional.of(new Winsorization(
                    lower, upper, Winsorization.Population.valueOf(population.toUpperCase(Locale.ROOT))));
        });
    }
}
