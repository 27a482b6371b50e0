package io.plumbline.cli;

import io.delta.tables.DeltaTable;
import io.plumbline.definition.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/** What a run needs around it, checked one thing at a time; one failure hides none of the others. */
final class Checkup {

    private static final int JAVA = 17;
    private static final String EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";
    private static final String CATALOG = "org.apache.spark.sql.delta.catalog.DeltaCatalog";

    private final SparkSession spark;
    private final Project project;
    private final List<Finding> findings = new ArrayList<>();

    Checkup(SparkSession spark, Project project) {
        this.spark = spark;
        this.project = project;
    }

    /** How serious a finding is. */
    enum Level {
        OK,
        WARN,
        ERROR
    }

    /**
     * One thing that was checked.
     *
     * @param level how serious it is
     * @param text what was found
     * @param remedy what to do; empty where all is well
     */
    record Finding(Level level, String text, String remedy) {}

    /** All findings, in the order of a run. */
    List<Finding> findings() {
        java();
        versions();
        setting("spark.sql.extensions", EXTENSION);
        setting("spark.sql.catalog.spark_catalog", CATALOG);
        session();
        warehouse();
        new Connections(spark, project)
                .bySource()
                .forEach((source, problem) -> problem.ifPresentOrElse(
                        text -> add(Level.ERROR, text, "correct the definition, or grant access"),
                        () -> add(Level.OK, "source " + source + " can be read", "")));
        return findings;
    }

    private void add(Level level, String text, String remedy) {
        findings.add(new Finding(level, text, remedy));
    }

    private void java() {
        int feature = Runtime.version().feature();
        String text = "Java " + Runtime.version();
        if (feature < JAVA) {
            add(Level.ERROR, text, "install Java 17");
        } else {
            boolean known = feature == JAVA || feature == 21;
            add(known ? Level.OK : Level.WARN, text, known ? "" : "Spark 4 is made for Java 17 and 21");
        }
    }

    private void versions() {
        String version = spark.version();
        boolean known = version.matches("4\\.[0-2]\\..*");
        add(known ? Level.OK : Level.WARN, "Spark " + version, known ? "" : "4.0, 4.1 and 4.2 are tested");
        String delta = DeltaTable.class.getPackage().getImplementationVersion();
        add(Level.OK, "Delta " + (delta == null ? "(its jar does not say which)" : delta), "");
    }

    private void setting(String key, String wanted) {
        String value = spark.conf().get(key, "");
        boolean there = value.contains(wanted) || System.getenv("DATABRICKS_RUNTIME_VERSION") != null;
        add(
                there ? Level.OK : Level.ERROR,
                key + " is " + (value.isEmpty() ? "not set" : value),
                there ? "" : "submit with --conf " + key + "=" + wanted);
    }

    private void session() {
        add(Level.OK, "days are those of " + project.zone() + "; the session's zone is set for every run", "");
        String ansi = spark.conf().get("spark.sql.ansi.enabled", "true");
        boolean on = ansi.toLowerCase(Locale.ROOT).equals("true");
        add(
                on ? Level.OK : Level.WARN,
                "spark.sql.ansi.enabled is " + ansi,
                on ? "" : "runs turn it on for themselves");
    }

    /** Writes a table and drops it again, which is all that a run does to a warehouse. */
    private void warehouse() {
        String place = InitCommand.place(project.warehouse());
        Optional<String> problem = project.warehouse() instanceof Project.Warehouse.Folder
                ? WriteProbe.folder(spark, place + "/_probe_" + UUID.randomUUID())
                : WriteProbe.schema(
                        spark, place + ".probe_" + UUID.randomUUID().toString().replace("-", ""));
        problem.ifPresentOrElse(
                text -> add(Level.ERROR, "warehouse " + place + " cannot be written: " + text, "grant write access"),
                () -> add(Level.OK, "warehouse " + place + " can be written", ""));
    }
}
