package io.plumbline.definition;

import io.plumbline.experiment.AnalysisSettings;
import io.plumbline.experiment.MultipleComparisons;
import io.plumbline.experiment.PreExposure;
import io.plumbline.statistics.Alternative;
import io.plumbline.statistics.Correction;
import io.plumbline.statistics.Prior;
import io.plumbline.statistics.RelativeInterval;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Reads how an experiment's groups are compared, from keys that have been checked. */
final class AnalysisReader {

    private AnalysisReader() {}

    /** The settings of an experiment; what it leaves open is the default, alpha the project's. */
    static AnalysisSettings read(Optional<Fields> analysis, double alpha, Optional<PreExposure> preExposure) {
        return analysis.map(given -> read(given, alpha, preExposure)).orElseGet(() -> AnalysisSettings.of(alpha));
    }

    private static AnalysisSettings read(Fields analysis, double alpha, Optional<PreExposure> preExposure) {
        return new AnalysisSettings(
                analysis.number("alpha").orElse(alpha),
                analysis.optional("alternative")
                        .map(word -> Alternative.valueOf(constant(word)))
                        .orElse(Alternative.TWO_SIDED),
                analysis.optional("relative_interval")
                        .map(word -> RelativeInterval.valueOf(constant(word)))
                        .orElse(RelativeInterval.FIELLER),
                plannedUnits(analysis),
                analysis.fields("correction").map(AnalysisReader::correction),
                analysis.fields("prior").map(AnalysisReader::prior).orElse(Prior.FLAT),
                analysis.number("power").orElse(AnalysisSettings.DEFAULT_POWER),
                preExposure);
    }

    private static OptionalLong plannedUnits(Fields analysis) {
        OptionalDouble planned = analysis.number("planned_units");
        return analysis.flag("sequential")
                ? OptionalLong.of((long) planned.orElse(AnalysisSettings.DEFAULT_PLANNED_UNITS))
                : OptionalLong.empty();
    }

    private static MultipleComparisons correction(Fields correction) {
        return new MultipleComparisons(
                Correction.valueOf(constant(correction.text("method"))),
                correction.texts("over").stream()
                        .map(word -> MultipleComparisons.Over.valueOf(constant(word)))
                        .collect(Collectors.toSet()),
                MultipleComparisons.Scope.valueOf(
                        constant(correction.optional("scope").orElse("all"))));
    }

    private static Prior prior(Fields prior) {
        return new Prior(prior.number("mean").orElse(0), prior.number("std_dev").orElse(Double.POSITIVE_INFINITY));
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
