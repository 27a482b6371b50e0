package io.plumbline.definition;

import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Crossover;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.experiment.IdResolution;
import io.plumbline.experiment.Period;
import io.plumbline.experiment.PreExposure;
import io.plumbline.experiment.Role;
import io.plumbline.experiment.UnitRule;
import io.plumbline.experiment.View;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads an experiment whose keys have been checked. */
final class ExperimentReader {

    private final Checker checker;
    private final double alpha;
    private final UnitSources sources;
    private final IdResolutionReader resolutions;
    private final ExperimentMetrics metrics;

    ExperimentReader(Checker checker, double alpha, UnitSources sources, ExperimentMetrics metrics) {
        this.resolutions = new IdResolutionReader(checker, metrics.sources(), sources);
        this.checker = checker;
        this.alpha = alpha;
        this.sources = sources;
        this.metrics = metrics;
    }

    /** The experiment; empty, with problems reported, when its parts contradict each other. */
    Optional<Experiment> read(Fields experiment) {
        Optional<Period> period = period(experiment);
        Optional<List<Group>> groups = groups(experiment);
        Optional<IdResolution> resolution = resolutions.read(experiment);
        Map<String, Role> roles = metrics.roles(experiment, experiment.text("unit"), resolution);
        Optional<PreExposure> preExposure = metrics.preExposure(experiment, roles);
        checkSource(experiment);
        return period.flatMap(days -> groups.map(arms -> new Experiment(
                experiment.info(),
                experiment.text("assignment_source"),
                units(experiment, resolution),
                days,
                arms,
                roles,
                experiment.texts("breakdowns"),
                views(experiment),
                AnalysisReader.read(experiment.fields("analysis"), alpha, preExposure))));
    }

    private static UnitRule units(Fields experiment, Optional<IdResolution> resolution) {
        String crossover = experiment.optional("crossover").orElse("exclude");
        return new UnitRule(experiment.text("unit"), Crossover.valueOf(crossover.toUpperCase(Locale.ROOT)), resolution);
    }

    private Optional<Period> period(Fields experiment) {
        LocalDate start = LocalDate.parse(experiment.text("start"));
        Optional<LocalDate> end = experiment.optional("end").map(LocalDate::parse);
        if (end.isPresent() && end.get().isBefore(start)) {
            String message = end.get() + " is before start " + start;
            checker.problem(experiment.place("end"), "end", message + "; the end is the last day, inclusive");
            return Optional.empty();
        }
        Period.AfterEnd afterEnd = experiment.flag("mature_after_end") ? Period.AfterEnd.MATURE : Period.AfterEnd.CUT;
        return Optional.of(new Period(start, end, afterEnd));
    }

    private Optional<List<Group>> groups(Fields experiment) {
        Set<String> names = new LinkedHashSet<>();
        boolean unique = true;
        for (Fields group : experiment.each("groups")) {
            if (!names.add(group.text("name"))) {
                String message = "group " + Wording.quoted(group.written("name")) + " is given twice; rename one";
                unique = checker.problem(group.place("name"), "groups", message);
            }
        }
        List<Group> groups =
                experiment.each("groups").stream().map(ExperimentReader::group).toList();
        return unique && oneControl(experiment) && someWeight(experiment, groups)
                ? Optional.of(groups)
                : Optional.empty();
    }

    private boolean oneControl(Fields experiment) {
        List<Fields> controls = experiment.each("groups").stream()
                .filter(group -> group.flag("control"))
                .toList();
        if (controls.size() == 1) {
            return true;
        }
        Place place = controls.isEmpty()
                ? experiment.place("groups")
                : controls.get(1).place("control");
        return checker.problem(
                place, "groups", "exactly one group must have 'control: true', found " + controls.size());
    }

    private boolean someWeight(Fields experiment, List<Group> groups) {
        return groups.stream().anyMatch(group -> group.weight() > 0)
                || checker.problem(experiment.place("groups"), "groups", "all weights are 0; give one that is more");
    }

    private static Group group(Fields group) {
        return new Group(
                group.text("name"),
                group.number("weight").orElse(1),
                group.flag("control") ? Group.Role.CONTROL : Group.Role.TREATMENT);
    }

    private void checkSource(Fields experiment) {
        AssignmentSource source = sources.assignments().get(experiment.text("assignment_source"));
        if (source == null) {
            return;
        }
        if (!source.units().containsKey(experiment.text("unit"))) {
            String message = "assignment source '" + source.name() + "' has no unit type ";
            checker.problem(
                    experiment.place("unit"),
                    "unit",
                    message + Wording.quoted(experiment.written("unit")) + "; it has "
                            + String.join(", ", source.units().keySet()));
        }
        new BreakdownRule(checker, sources).check(experiment, source);
    }

    private static List<View> views(Fields experiment) {
        EnumSet<View> views = EnumSet.of(View.CUMULATIVE);
        List<String> written = experiment.texts("views");
        if (!experiment.has("views")) {
            views.add(View.DAILY);
        }
        written.forEach(view -> views.add(View.valueOf(view.toUpperCase(Locale.ROOT))));
        return List.copyOf(views);
    }
}
