package io.plumbline;

import org.apache.spark.sql.SparkSession;

/** The base of every test that needs Spark; tests leave no temporary view and no changed setting behind. */
public abstract class SparkTest {

    /** The shared session. */
    protected static SparkSession spark() {
        return TestSessions.GENERATING;
    }
}
