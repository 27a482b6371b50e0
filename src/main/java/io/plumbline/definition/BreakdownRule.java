package io.plumbline.definition;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.PropertySource;
import java.util.List;
import java.util.stream.Stream;

/** A property by which an experiment is broken down is known from one source: its assignment source or a property source. */
final class BreakdownRule {

    private final Checker checker;
    private final UnitSources sources;

    BreakdownRule(Checker checker, UnitSources sources) {
        this.checker = checker;
        this.sources = sources;
    }

    /** Reports every breakdown of an experiment that no source knows, or several. */
    void check(Fields experiment, AssignmentSource source) {
        experiment.scalars("breakdowns").forEach(written -> check(experiment, source, written));
    }

    private void check(Fields experiment, AssignmentSource source, YamlNode.Scalar written) {
        String property = experiment.text(written);
        String unit = experiment.text("unit");
        List<PropertySource> holding = sources.holding(property);
        List<PropertySource> ofUnit =
                holding.stream().filter(held -> held.units().containsKey(unit)).toList();
        boolean assigned = source.properties().contains(property);
        if (ofUnit.size() + (assigned ? 1 : 0) == 1) {
            return;
        }
        String shown = Wording.quoted(written.text());
        if (!ofUnit.isEmpty()) {
            List<String> names = Stream.concat(
                            assigned ? Stream.of("assignment source '" + source.name() + "'") : Stream.of(),
                            ofUnit.stream().map(held -> "property source '" + held.name() + "'"))
                    .toList();
            checker.problem(
                    written,
                    "breakdowns",
                    shown + " is a property of " + String.join(" and of ", names) + "; rename one");
        } else if (!assigned && !holding.isEmpty()) {
            PropertySource other = holding.get(0);
            checker.problem(
                    written,
                    "breakdowns",
                    shown + " is a property of property source '" + other.name() + "', which has no unit type "
                            + Wording.quoted(experiment.written("unit")) + "; it has "
                            + String.join(", ", other.units().keySet()));
        } else if (!assigned) {
            unknown(source, written, property);
        }
    }

    private void unknown(AssignmentSource source, YamlNode.Scalar written, String property) {
        List<String> known = Stream.concat(
                        source.properties().stream(),
                        sources.properties().values().stream().flatMap(held -> held.properties().stream()))
                .distinct()
                .toList();
        String others = sources.properties().isEmpty() ? "" : ", nor of a property source";
        checker.problem(
                written,
                "breakdowns",
                Wording.quoted(written.text()) + " is not a property of assignment source '" + source.name() + "'"
                        + others + Wording.didYouMean(property, known));
    }
}
