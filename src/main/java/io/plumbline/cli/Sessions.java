package io.plumbline.cli;

import org.apache.spark.sql.SparkSession;

/** Where a command's Spark session comes from. */
interface Sessions {

    /** The session, started at the first call. */
    SparkSession session();

    /** Stops what was started here and nothing else. */
    void close();
}
