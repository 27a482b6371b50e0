package io.plumbline;

import io.plumbline.cli.Main;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A Spark home of the jars that the tests run with, and a job jar of the classes under test. The home has neither these
 * classes nor the jars that the job carries: an executor that has them got them from the driver.
 *
 * @param folder holds the folder {@code jars}, the job and the logs
 */
public record SparkHome(Path folder) {

    /** Jars that a cluster does not have and that the job brings. */
    private static final List<String> CARRIED = List.of("picocli-", "jspecify-", "snakeyaml-engine-");

    private static final String JOB = "plumbline.jar";

    /** Small data: few partitions. Otherwise the settings of every run. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("spark.ui.enabled", "false"),
            Map.entry("spark.ui.showConsoleProgress", "false"),
            Map.entry("spark.driver.host", "127.0.0.1"),
            Map.entry("spark.driver.bindAddress", "127.0.0.1"),
            Map.entry("spark.sql.shuffle.partitions", "2"),
            Map.entry("spark.sql.codegen.aggregate.fastHashMap.capacityBit", "16"),
            Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4"),
            Map.entry("spark.databricks.delta.snapshotPartitions", "2"));

    /** Makes the home in an empty folder. */
    public static SparkHome in(Path folder) throws IOException {
        Path jars = Files.createDirectories(folder.resolve("jars"));
        for (Path jar : classPath(false)) {
            Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
        write(folder.resolve(JOB), classes());
        return new SparkHome(folder);
    }

    private static Path classes() {
        return Path.of(URI.create(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static List<Path> classPath(boolean carried) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .filter(jar ->
                        carried == CARRIED.stream().anyMatch(jar.getFileName().toString()::startsWith))
                .distinct()
                .toList();
    }

    private static void write(Path jar, Path classes) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> found = Files.walk(classes)) {
            for (Path each : found.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(each).toString().replace(File.separatorChar, '/');
                out.putNextEntry(new JarEntry(name));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
    }

    /** Starts a class of Spark's with a small heap. */
    public JavaProcess daemon(String name, String main, String... arguments) {
        return start(name, "-Xmx256m", Stream.concat(Stream.of(main), Stream.of(arguments)));
    }

    /** Hands a command of the program to a master, as {@code spark-submit} does; the driver is this process. */
    public JavaProcess submit(String name, String master, Map<String, String> settings, String... command) {
        Map<String, String> all = new HashMap<>(SETTINGS);
        all.put("spark.sql.warehouse.dir", folder.resolve("warehouse").toUri().toString());
        all.putAll(settings);
        List<String> words = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
        words.addAll(List.of("--properties-file", "conf/spark-defaults.conf", "--class", "io.plumbline.cli.Main"));
        words.addAll(
                List.of("--jars", classPath(true).stream().map(Path::toString).collect(Collectors.joining(","))));
        all.forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
        words.add(folder.resolve(JOB).toString());
        words.addAll(List.of(command));
        String log = Path.of("conf/log4j2.properties").toUri().toString();
        return start(name, "-Xmx1g", Stream.concat(Stream.of("-Dlog4j2.configurationFile=" + log), words.stream()));
    }

    private JavaProcess start(String name, String heap, Stream<String> words) {
        Stream<String> options = Stream.of(
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=240m",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-cp",
                folder.resolve("jars") + File.separator + "*");
        try {
            return JavaProcess.start(
                    Files.createTempFile(folder, name, ".log"),
                    Map.of(
                            "SPARK_HOME", folder.toString(),
                            "SPARK_SCALA_VERSION", "2.13",
                            "SPARK_LOCAL_IP", "127.0.0.1"),
                    Stream.of(Arrays.stream(JavaModuleOptions.defaultModuleOptionArray()), options, words)
                            .flatMap(each -> each)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
