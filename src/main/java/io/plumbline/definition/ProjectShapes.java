package io.plumbline.definition;

import java.util.Map;

/** The top-level keys of a project's files. */
final class ProjectShapes {

    private static final Kind WAREHOUSE = ScalarKind.nonEmpty("a path, schema or catalog.schema");

    static final Shape SETTINGS = Shape.of(
            "settings",
            "What holds unless an experiment says otherwise.",
            Key.optional("alpha", Kinds.ALPHA, "accepted probability of a false alarm; default 0.05"),
            Key.optional(
                    "winsorize_relative_error",
                    Kinds.PROBABILITY,
                    "rank error of winsorization bounds; default 0.0001, 0 for exact"),
            Key.optional(
                    "breakdown_top_values",
                    Kinds.WHOLE,
                    "how many values a breakdown shows by name, the rest as (other); default 10"),
            Key.optional(
                    "breakdown_min_units",
                    Kinds.WHOLE,
                    "how many units a value needs to be shown by name; default 100"));

    /** Files beside {@code plumbline.yml}. */
    static final Shape DEFINITIONS = Shape.of(
            "definition_file",
            "A file of definitions.",
            list(Category.METRIC_SOURCE, SourceShapes.METRIC_SOURCE),
            list(Category.METRIC, MetricShapes.METRIC),
            list(Category.ASSIGNMENT_SOURCE, SourceShapes.ASSIGNMENT_SOURCE),
            list(Category.PROPERTY_SOURCE, SourceShapes.PROPERTY_SOURCE),
            list(Category.EXPERIMENT, ExperimentShapes.EXPERIMENT));

    /** {@code plumbline.yml}. */
    static final Shape PROJECT = Shape.of(
                    "project_file",
                    "The file that makes a folder a project.",
                    Key.required(
                            "version",
                            ScalarKind.number("1, the only version", version -> version == 1, Map.of("const", 1)),
                            "version of this format, 1"),
                    Key.required("project", Kinds.NAME, "the project's name"),
                    Key.optional("time_zone", Kinds.ZONE, "whose calendar days are the project's days; default UTC"),
                    Key.optional("warehouse", WAREHOUSE, "where tables are written; default ./warehouse"),
                    Key.required(
                            "unit_types", Kinds.someOf(Kinds.UNIT_TYPE_NAME), "what can be randomized and analysed"),
                    Key.optional("settings", Kinds.shaped(SETTINGS), SETTINGS.description()),
                    Key.optional(
                            "variables",
                            new Kind.MapOf(Kinds.WORD, ScalarKind.variable(), 0),
                            "name → text, used as {{ name }}; the environment as ${NAME} or ${NAME:-default}"))
            .and(DEFINITIONS.keys().toArray(Key[]::new));

    private ProjectShapes() {}

    private static Key list(Category category, Shape shape) {
        return Key.optional(category.key(), Kinds.listOf(Kinds.shaped(shape)), shape.description());
    }
}
