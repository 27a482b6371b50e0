package io.plumbline.definition;

/** The keys of metric sources, assignment sources and property sources. */
final class SourceShapes {

    private static final Kind TABLE = ScalarKind.pattern(
            "a table name of one to three parts, such as main.analytics.events",
            "[^.\\s`/]+(\\.[^.\\s`/]+){0,2}",
            any -> true);
    private static final Kind OPTIONS =
            new Kind.MapOf(ScalarKind.nonEmpty("the name of a reader option"), ScalarKind.literal(), 0);

    static final Shape EVENT_METRICS = Shape.of(
            EventMetrics.KEY,
            "Makes two metrics of the source, its rows and its units, each by the name of the event.",
            Key.required("event_column", Kinds.COLUMN, "the column that names the event"));

    static final Shape METRIC_SOURCE = source(
                    "metric_source", "One row per event, or per unit and day, with a time and one or more unit ids.")
            .and(Key.optional(EventMetrics.KEY, Kinds.shaped(EVENT_METRICS), EVENT_METRICS.description()));

    static final Shape ASSIGNMENT_SOURCE = source(
                    "assignment_source", "One row per exposure: unit, experiment, group and time.")
            .and(
                    Key.required("experiment", Kinds.COLUMN, "the column that names the experiment"),
                    Key.required("group", Kinds.COLUMN, "the column that names the group"),
                    Key.optional(
                            "properties",
                            Kinds.listOf(Kinds.PROPERTY),
                            "columns that describe the unit at exposure, to break results down by"));

    static final Shape PROPERTY_SOURCE = located(
                    "property_source", "What is known of units: one row per unit, or one whenever something changed.")
            .and(
                    Key.optional(
                            "timestamp",
                            Kinds.COLUMN,
                            "the column that says since when a row holds; none for what never changes"),
                    Key.optional("timestamp_as_date", Kinds.FLAG, "true when the timestamp has no time of day")
                            .onlyWith("timestamp"),
                    units(),
                    columns(),
                    Key.required(
                            "properties",
                            Kinds.someOf(Kinds.PROPERTY),
                            "columns that describe the unit, to break results down by"))
            .withExactlyOne("table", "path", "sql");

    private SourceShapes() {}

    private static Key units() {
        return Key.required(
                "units",
                new Kind.MapOf(ReferenceKind.UNIT_TYPE, Kinds.COLUMN, 1),
                "unit type → the column that holds its id");
    }

    private static Key columns() {
        return Key.optional(
                "columns",
                new Kind.MapOf(Kinds.COLUMN_NAME, SqlKind.ROW_EXPRESSION, 0),
                "name → SQL expression over one row");
    }

    private static Shape located(String name, String description) {
        return Kinds.definition(name, description)
                .and(
                        Key.optional("table", TABLE, "a table of a Spark catalog"),
                        Key.optional(
                                "path",
                                ScalarKind.nonEmpty("a path or URI"),
                                "files; a relative path starts at the folder of plumbline.yml"),
                        Key.optional(
                                "sql",
                                SqlKind.QUERY,
                                "a SELECT statement; may use {{ start_date }} and {{ end_date }}"),
                        Key.optional(
                                        "format",
                                        Kinds.choice("delta", "parquet", "csv", "json"),
                                        "how files are written; default delta")
                                .onlyWith("path"),
                        Key.optional("options", OPTIONS, "reader options, as Spark names them")
                                .onlyWith("path"),
                        Key.optional("schema", SqlKind.SCHEMA, "columns as SQL DDL; for csv and json, which carry none")
                                .onlyWith("path"));
    }

    private static Shape source(String name, String description) {
        return located(name, description)
                .and(
                        Key.required("timestamp", Kinds.COLUMN, "the column that says when a row happened"),
                        Key.optional("timestamp_as_date", Kinds.FLAG, "true when the timestamp has no time of day"),
                        Key.optional("date_partition", Kinds.COLUMN, "the column by which files are laid out by date"),
                        Key.optional(
                                        "date_partition_zone",
                                        Kinds.ZONE,
                                        "the zone of that column; default the project's")
                                .onlyWith("date_partition"),
                        units(),
                        columns())
                .withExactlyOne("table", "path", "sql");
    }
}
