package io.plumbline.pipeline;

import java.time.ZoneId;
import org.apache.spark.sql.SparkSession;

/** The Spark session in which a project is computed: its own, so that the settings of a shared session stay as they are. */
final class ProjectSession {

    private ProjectSession() {}

    /**
     * A new session of the same application. Days are those of the project's zone, wrong arithmetic and wrong casts fail
     * instead of giving nulls, and dates come to the driver as {@code java.sql.Date}.
     */
    static SparkSession of(SparkSession spark, ZoneId zone) {
        SparkSession session = spark.newSession();
        session.conf().set("spark.sql.session.timeZone", zone.getId());
        session.conf().set("spark.sql.ansi.enabled", "true");
        session.conf().set("spark.sql.datetime.java8API.enabled", "false");
        return session;
    }

    /**
     * The same for tables of few rows. What Spark and Delta generate and compile for a commit, and for the log of a table,
     * costs more than it saves there: expressions are interpreted, and queries are planned once.
     */
    static SparkSession interpreting(SparkSession spark, ZoneId zone) {
        SparkSession session = of(spark, zone);
        session.conf().set("spark.sql.adaptive.enabled", "false");
        session.conf().set("spark.sql.codegen.wholeStage", "false");
        session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        return session;
    }
}
