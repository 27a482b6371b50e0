package io.plumbline;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Spark's own standalone cluster on loopback: a master and two workers, each with one core, every one a process.
 *
 * @param home where they have their jars from
 * @param master the master
 * @param workers the workers; each starts its executors as processes
 */
public record StandaloneCluster(SparkHome home, JavaProcess master, List<JavaProcess> workers)
        implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("Starting Spark master at (spark://\\S+:\\d+)");
    private static final String EXECUTOR = "768m";

    /** Starts a cluster and waits until it can take work. */
    public static StandaloneCluster start(SparkHome home) {
        JavaProcess master = home.daemon(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--webui-port",
                "0");
        StandaloneCluster cluster = new StandaloneCluster(home, master.awaitPrinted("New state: ALIVE"), List.of());
        List<JavaProcess> workers =
                Stream.of("first", "second").map(cluster::worker).toList();
        workers.forEach(worker -> worker.awaitPrinted("Successfully registered with master"));
        return new StandaloneCluster(home, master, workers);
    }

    private JavaProcess worker(String name) {
        return home.daemon(
                name + "-worker",
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "0",
                "--work-dir",
                home.folder().resolve(name).toString(),
                url());
    }

    private String url() {
        Matcher matcher = URL.matcher(master.printed());
        if (!matcher.find()) {
            throw new AssertionError("the master does not say where it is\n" + master.printed());
        }
        return matcher.group(1);
    }

    /** Hands a command of the program to the cluster; its executors take both workers. */
    public JavaProcess submit(String... command) {
        return home.submit(
                "driver",
                url(),
                Map.of(
                        "spark.executor.memory", EXECUTOR,
                        "spark.executor.cores", "1",
                        "spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m"),
                command);
    }

    @Override
    public void close() {
        workers.forEach(JavaProcess::close);
        master.close();
    }
}
