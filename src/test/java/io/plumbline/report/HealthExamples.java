package io.plumbline.report;

import io.plumbline.analysis.HealthCheck;
import java.util.List;

/** A check that is well and one that is not. */
final class HealthExamples {

    private HealthExamples() {}

    static List<HealthCheck> of(String experiment) {
        return List.of(
                new HealthCheck(
                        experiment,
                        "sample_ratio",
                        null,
                        0.21,
                        0.6745,
                        HealthCheck.Status.OK,
                        "units per group against planned weights: control 5021 (weight 50), ranked 4979 (weight"
                                + " 50); largest deviation 0.21 percentage points"),
                new HealthCheck(
                        experiment,
                        "crossover",
                        null,
                        0.12,
                        Double.NaN,
                        HealthCheck.Status.ALERT,
                        "1200 of 10000 units were seen in more than one group and are left out"));
    }
}
