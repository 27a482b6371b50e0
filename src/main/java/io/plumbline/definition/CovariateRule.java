package io.plumbline.definition;

import io.plumbline.experiment.PreExposure;
import io.plumbline.experiment.Role;
import io.plumbline.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What makes results more precise is known from before exposure: values of the experiment's metrics, or unit properties. */
final class CovariateRule {

    private static final String DAYS = "cuped_days";
    private static final String KEY = "covariates";

    private final Checker checker;
    private final Map<String, Metric> metrics;

    CovariateRule(Checker checker, Map<String, Metric> metrics) {
        this.checker = checker;
        this.metrics = metrics;
    }

    /** The covariates of an experiment; names that are none are reported. */
    Optional<PreExposure> read(Fields experiment, Map<String, Role> roles) {
        return experiment.fields("analysis").flatMap(analysis -> {
            int days = (int) analysis.number(DAYS).orElse(0);
            List<String> breakdowns = experiment.texts("breakdowns");
            List<String> named = new ArrayList<>();
            List<String> properties = new ArrayList<>();
            for (YamlNode.Scalar written : analysis.scalars(KEY)) {
                String name = analysis.text(written);
                if (roles.containsKey(name)) {
                    if (isMetric(written, name, days, breakdowns)) {
                        named.add(name);
                    }
                } else if (breakdowns.contains(name)) {
                    properties.add(name);
                } else {
                    unknown(
                            written,
                            name,
                            Stream.concat(roles.keySet().stream(), breakdowns.stream())
                                    .toList());
                }
            }
            boolean none = days == 0 && properties.isEmpty();
            return none
                    ? Optional.empty()
                    : Optional.of(new PreExposure(days, days == 0 ? List.of() : named, properties));
        });
    }

    private boolean isMetric(YamlNode.Scalar written, String name, int days, List<String> breakdowns) {
        String shown = Wording.quoted(written.text());
        if (breakdowns.contains(name)) {
            return checker.problem(
                    written, KEY, shown + " is a metric and a breakdown of the experiment; rename one of them");
        }
        Metric metric = metrics.get(name);
        if (metric != null && !metric.hasCovariate()) {
            return checker.problem(
                    written,
                    KEY,
                    "metric " + shown + " is of type " + metric.type() + ", which is no covariate; remove it");
        }
        return days > 0
                || checker.problem(
                        written,
                        KEY,
                        "metric " + shown + " is a covariate over the days before exposure; add '" + DAYS
                                + "', or remove it");
    }

    private void unknown(YamlNode.Scalar written, String name, List<String> known) {
        String shown = Wording.quoted(written.text());
        if (metrics.containsKey(name)) {
            checker.problem(written, KEY, "metric " + shown + " is not one of the experiment's; add it to its metrics");
        } else if (!checker.names().of(Category.METRIC).contains(name)) {
            checker.problem(
                    written,
                    KEY,
                    shown + " is neither a metric nor a breakdown of the experiment" + Wording.didYouMean(name, known));
        }
    }
}
