package io.plumbline.plan;

import io.plumbline.definition.Category;
import io.plumbline.definition.DefinitionName;
import io.plumbline.definition.Project;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the definitions of a project say, each as a short text that differs whenever its own content does. What it refers to
 * by name is not in it: a metric stays what it is when its source changes. Descriptions, owners, tags and places are not
 * in it either. The project's zone is in all of them, and its settings are in those of experiments.
 */
public final class DefinitionHashes {

    private DefinitionHashes() {}

    /** The hash of every definition. */
    public static Map<DefinitionName, String> of(Project project) {
        Map<DefinitionName, String> hashes = new LinkedHashMap<>();
        add(hashes, Category.METRIC_SOURCE, project.metricSources(), project.zone());
        add(hashes, Category.METRIC, project.metrics(), project.zone());
        add(hashes, Category.ASSIGNMENT_SOURCE, project.assignmentSources(), project.zone());
        add(hashes, Category.PROPERTY_SOURCE, project.propertySources(), project.zone());
        add(hashes, Category.EXPERIMENT, project.experiments(), Canonical.hash(project.zone(), project.settings()));
        return Collections.unmodifiableMap(hashes);
    }

    private static void add(
            Map<DefinitionName, String> hashes, Category category, Map<String, ?> definitions, Object context) {
        definitions.forEach((name, definition) ->
                hashes.put(new DefinitionName(category, name), Canonical.hash(definition, context)));
    }
}
