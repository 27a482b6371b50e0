package io.plumbline;

import org.apache.spark.sql.SparkSession;

/**
 * The base of tests of what is read, published and said, and when: of many small runs over few rows, whose expressions are
 * cheaper to interpret than to compile. Tests of numbers are a {@link SparkTest}.
 */
public abstract class InterpretingTest {

    /** The shared session. */
    protected static SparkSession spark() {
        return TestSessions.INTERPRETING;
    }
}
