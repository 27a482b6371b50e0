package io.plumbline.plan;

import io.plumbline.definition.Project;
import io.plumbline.experiment.PropertySource;
import java.util.ArrayList;
import java.util.List;

/**
 * What is read of one property source, in one scan: the properties by which experiments that randomize a unit type are
 * broken down, and that their exposures do not say.
 *
 * @param source the definition
 * @param unitType the unit type of the experiments
 * @param properties without repeats, sorted
 * @param experiments names of the experiments that use some of them
 */
public record PropertyScan(PropertySource source, String unitType, List<String> properties, List<String> experiments) {
    public PropertyScan {
        properties = List.copyOf(properties);
        experiments = List.copyOf(experiments);
    }

    /** The scans that experiments need, in the order of the sources. */
    public static List<PropertyScan> of(Project project, List<PlannedExperiment> experiments) {
        List<PropertyScan> scans = new ArrayList<>();
        for (PropertySource source : project.propertySources().values()) {
            for (String unitType : source.units().keySet()) {
                List<PlannedExperiment> users = experiments.stream()
                        .filter(e -> e.experiment().unit().equals(unitType))
                        .filter(e -> !properties(source, e).isEmpty())
                        .toList();
                if (!users.isEmpty()) {
                    scans.add(new PropertyScan(
                            source,
                            unitType,
                            users.stream()
                                    .flatMap(e -> properties(source, e).stream())
                                    .distinct()
                                    .sorted()
                                    .toList(),
                            users.stream().map(PlannedExperiment::name).toList()));
                }
            }
        }
        return scans;
    }

    private static List<String> properties(PropertySource source, PlannedExperiment experiment) {
        return experiment.experiment().breakdowns().stream()
                .filter(name -> source.properties().contains(name))
                .filter(name -> !experiment.source().properties().contains(name))
                .toList();
    }
}
