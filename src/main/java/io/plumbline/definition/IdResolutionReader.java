package io.plumbline.definition;

import io.plumbline.experiment.IdResolution;
import io.plumbline.metric.MetricSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the id resolution of an experiment: a source with the experiment's unit and the one that events carry. */
final class IdResolutionReader {

    private static final String KEY = "id_resolution";

    private final Checker checker;
    private final Map<String, MetricSource> metricSources;
    private final UnitSources unitSources;

    IdResolutionReader(Checker checker, Map<String, MetricSource> metricSources, UnitSources unitSources) {
        this.checker = checker;
        this.metricSources = metricSources;
        this.unitSources = unitSources;
    }

    /** The resolution; empty when the experiment has none and, with problems reported, when it cannot be used. */
    Optional<IdResolution> read(Fields experiment) {
        return experiment
                .fields(KEY)
                .filter(fields -> fields.has("source") && fields.has("mode"))
                .filter(fields -> !fields.given("unit") || fields.has("unit"))
                .flatMap(fields -> read(fields, experiment));
    }

    private Optional<IdResolution> read(Fields resolution, Fields experiment) {
        String name = resolution.text("source");
        String shown = Wording.quoted(resolution.written("source"));
        Map<IdResolution.Origin, Map<String, String>> found = named(name);
        if (found.size() > 1) {
            String kinds =
                    found.keySet().stream().map(IdResolutionReader::noun).collect(Collectors.joining(" and of "));
            checker.problem(resolution.place("source"), "source", shown + " is the name of " + kinds + "; rename one");
        }
        if (found.size() != 1) {
            return Optional.empty();
        }
        Map.Entry<IdResolution.Origin, Map<String, String>> source =
                found.entrySet().iterator().next();
        List<String> units = new ArrayList<>(source.getValue().keySet());
        if (!units.remove(experiment.text("unit"))) {
            checker.problem(
                    resolution.place("source"),
                    "source",
                    shown + " lacks the experiment's unit " + Wording.quoted(experiment.written("unit")) + "; it has "
                            + String.join(", ", units));
            return Optional.empty();
        }
        IdResolution.Mode mode =
                IdResolution.Mode.valueOf(resolution.text("mode").toUpperCase(Locale.ROOT));
        return eventUnit(resolution, units).map(unit -> new IdResolution(source.getKey(), name, unit, mode));
    }

    /** The unit that events carry: the one written, or the only one that the source has beside the experiment's. */
    private Optional<String> eventUnit(Fields resolution, List<String> others) {
        String source = "source " + Wording.quoted(resolution.written("source"));
        if (others.isEmpty()) {
            checker.problem(
                    resolution.place("source"),
                    "source",
                    Wording.quoted(resolution.written("source"))
                            + " has no unit beside the experiment's; name a source whose rows have both ids");
            return Optional.empty();
        }
        Optional<String> written = resolution.optional("unit");
        if (written.isPresent() && !others.contains(written.get())) {
            checker.problem(
                    resolution.place("unit"),
                    "unit",
                    Wording.quoted(resolution.written("unit")) + " is not a unit that " + source
                            + " has beside the experiment's; these are " + String.join(", ", others));
            return Optional.empty();
        }
        if (written.isEmpty() && others.size() > 1) {
            checker.problem(
                    resolution.place("source"),
                    KEY,
                    source + " has several units beside the experiment's; give 'unit', one of "
                            + String.join(", ", others));
            return Optional.empty();
        }
        return written.isPresent() ? written : Optional.of(others.get(0));
    }

    /** The units of every source of a name. */
    private Map<IdResolution.Origin, Map<String, String>> named(String name) {
        Map<IdResolution.Origin, Map<String, String>> found = new EnumMap<>(IdResolution.Origin.class);
        Optional.ofNullable(metricSources.get(name))
                .ifPresent(source -> found.put(IdResolution.Origin.METRIC_SOURCE, source.units()));
        Optional.ofNullable(unitSources.assignments().get(name))
                .ifPresent(source -> found.put(IdResolution.Origin.ASSIGNMENT_SOURCE, source.units()));
        Optional.ofNullable(unitSources.properties().get(name))
                .ifPresent(source -> found.put(IdResolution.Origin.PROPERTY_SOURCE, source.units()));
        return found;
    }

    private static String noun(IdResolution.Origin origin) {
        return (origin == IdResolution.Origin.ASSIGNMENT_SOURCE ? "an " : "a ")
                + origin.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
