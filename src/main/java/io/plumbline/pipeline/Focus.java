package io.plumbline.pipeline;

import io.plumbline.definition.Project;
import io.plumbline.experiment.AssignmentSource;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.PropertySource;
import io.plumbline.exposure.UnitCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What an analysis on demand looks at, beyond what the daily runs look at.
 *
 * @param breakdown a unit property, or a source column of some metrics, by which results are shown too
 * @param condition which units are analysed; empty for all. Bounds of winsorization, breakdown values and health checks are
 *     then those of the chosen units
 */
public record Focus(Optional<String> breakdown, Optional<UnitCondition> condition) {

    /** All units, by what the experiment's definition says. */
    public static final Focus NONE = new Focus(Optional.empty(), Optional.empty());

    /**
     * The focus on a breakdown and a condition.
     *
     * @param condition SQL over the properties of the experiment's exposures
     * @throws IllegalArgumentException if there is no such breakdown, or the condition cannot be used
     */
    public static Focus of(
            Project project, Experiment experiment, Optional<String> breakdown, Optional<String> condition) {
        breakdown.ifPresent(name -> require(name, breakdowns(project, experiment)));
        return new Focus(
                breakdown,
                condition.map(sql ->
                        UnitCondition.of(sql, assignments(project, experiment).properties())));
    }

    private static void require(String name, List<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException("no breakdown is named '" + name + "'; "
                    + (known.isEmpty() ? "the experiment has none" : "there are " + String.join(", ", known)));
        }
    }

    /** Unit properties, then source columns. A property of several property sources is none: its value would be ambiguous. */
    private static List<String> breakdowns(Project project, Experiment experiment) {
        return Stream.concat(properties(project, experiment), columns(project, experiment))
                .distinct()
                .toList();
    }

    private static Stream<String> properties(Project project, Experiment experiment) {
        List<PropertySource> sources = project.propertySources().values().stream()
                .filter(source -> source.units().containsKey(experiment.unit()))
                .toList();
        Stream<String> held = sources.stream()
                .flatMap(source -> source.properties().stream())
                .filter(name -> sources.stream()
                                .filter(source -> source.properties().contains(name))
                                .count()
                        == 1);
        return Stream.concat(assignments(project, experiment).properties().stream(), held);
    }

    private static Stream<String> columns(Project project, Experiment experiment) {
        return experiment.metrics().keySet().stream()
                .flatMap(metric ->
                        Objects.requireNonNull(project.metrics().get(metric), metric).about().breakdowns().stream());
    }

    private static AssignmentSource assignments(Project project, Experiment experiment) {
        String name = experiment.assignmentSource();
        return Objects.requireNonNull(project.assignmentSources().get(name), name);
    }

    /** The exposures of the units that are analysed. */
    Dataset<Row> chosen(Dataset<Row> exposures) {
        return condition.map(given -> given.chosen(exposures)).orElse(exposures);
    }

    /** The project with the breakdown among the experiment's, if it is a unit property. */
    Project applied(Project project, Experiment experiment) {
        return breakdown
                .filter(name -> properties(project, experiment).anyMatch(name::equals))
                .map(name -> project.with(experiment.brokenDownBy(name)))
                .orElse(project);
    }
}
