package io.plumbline.cli;

/** Who started this process, which decides how it may end. */
enum Deployment {
    /** Java itself: the process is ours. */
    ALONE,
    /** spark-submit in client mode: the process is ours, the session is not. */
    CLIENT,
    /** A cluster's own driver process: ours is neither, so failures are thrown and never exit. */
    CLUSTER;

    /** The deployment of this process. */
    static Deployment current() {
        if (System.getenv("DATABRICKS_RUNTIME_VERSION") != null) {
            return CLUSTER;
        }
        String mode = System.getProperty("spark.submit.deployMode");
        if (mode == null) {
            return System.getProperty("SPARK_SUBMIT") == null ? ALONE : CLIENT;
        }
        return mode.equals("cluster") ? CLUSTER : CLIENT;
    }
}
