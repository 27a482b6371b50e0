package io.plumbline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Sources in a folder, copies of a few sound ones of two days, that can be broken and mended. Every source has the columns
 * {@code user, at, amount, whole, experiment, arm, spare} and the partition {@code ds}, 8 rows a day.
 */
public final class FaultySources {

    private static final String SECOND = "ds=2026-01-02";

    private final SparkSession spark;
    private final Path folder;
    private final Path sound;

    public FaultySources(SparkSession spark, Path folder) throws IOException {
        this.spark = spark;
        this.folder = folder;
        this.sound = Files.createDirectories(folder.resolve("sound"));
        for (int day = 1; day <= 2; day++) {
            rows(day)
                    .write()
                    .mode("append")
                    .partitionBy("ds")
                    .parquet(sound.resolve("parquet").toString());
            rows(day)
                    .write()
                    .mode("append")
                    .format("delta")
                    .partitionBy("ds")
                    .save(sound.resolve("delta").toString());
            rows(day)
                    .drop("ds")
                    .write()
                    .csv(sound.resolve("csv/ds=2026-01-0" + day).toString());
            rows(day)
                    .drop("ds")
                    .write()
                    .json(sound.resolve("json/ds=2026-01-0" + day).toString());
        }
        // Hadoop's local checksums would find what no store but this one would find.
        for (Path file : files(sound, path -> path.getFileName().toString().endsWith(".crc"))) {
            if (!file.toString().contains("_delta_log")) {
                Files.delete(file);
            }
        }
    }

    private Dataset<Row> rows(int day) {
        return spark.range(8)
                .selectExpr(
                        "concat('u', id) AS user",
                        "TIMESTAMP'2026-01-0" + day + " 12:00:00' + make_interval(0, 0, 0, 0, 0, id) AS at",
                        "CAST(id + " + day + " AS DOUBLE) AS amount",
                        "CAST(id AS INT) AS whole",
                        "'red' AS experiment",
                        "if(id % 2 = 0, 'a', 'b') AS arm",
                        "'spare' AS spare",
                        "DATE'2026-01-0" + day + "' AS ds")
                .coalesce(1);
    }

    /** The source as it was on the first day. */
    public void begin(String name, String kind) {
        copy(
                sound.resolve(kind),
                folder.resolve(name),
                path -> !path.toString().contains(SECOND)
                        && !path.getFileName().toString().contains("00000000000000000001."));
    }

    /** The source as it is on the second day, whatever became of it. */
    public void mend(String name, String kind) {
        delete(folder.resolve(name));
        copy(sound.resolve(kind), folder.resolve(name), path -> true);
    }

    /** The only file of the second day. */
    public Path file(String name) {
        return files(
                        folder.resolve(name).resolve(SECOND),
                        path -> path.getFileName().toString().startsWith("part-"))
                .get(0);
    }

    public void cut(String name, double share) {
        write(file(name), bytes -> Arrays.copyOf(bytes, (int) (bytes.length * share)));
    }

    /** Footer and magic numbers stay; what is between them is lost. */
    public void blank(String name) {
        write(file(name), bytes -> {
            byte[] blanked = bytes.clone();
            Arrays.fill(blanked, 4, 200, (byte) 0);
            return blanked;
        });
    }

    public void deleteFile(String name) {
        delete(file(name));
    }

    public void deleteAll(String name) {
        delete(folder.resolve(name));
    }

    public void garbleLog(String name) {
        Path log = folder.resolve(name).resolve("_delta_log/00000000000000000001.json");
        write(log, bytes -> Arrays.copyOf(bytes, bytes.length / 2));
        delete(log.resolveSibling("00000000000000000001.crc"));
    }

    /** The second day's files hold other columns. */
    public void rewriteDay(String name, String... expressions) {
        delete(folder.resolve(name).resolve(SECOND));
        rows(2).drop("ds")
                .selectExpr(expressions)
                .write()
                .parquet(folder.resolve(name).resolve(SECOND).toString());
    }

    /** The whole table has other columns. */
    public void rewriteTable(String name, String... expressions) {
        rows(1).unionByName(rows(2))
                .selectExpr(expressions)
                .write()
                .mode("overwrite")
                .option("overwriteSchema", "true")
                .format("delta")
                .partitionBy("ds")
                .save(folder.resolve(name).toString());
    }

    private interface Change {
        byte[] of(byte[] bytes);
    }

    private static void write(Path file, Change change) {
        try {
            Files.write(file, change.of(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try (Stream<Path> all = Files.exists(path) ? Files.walk(path) : Stream.of()) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to, Predicate<Path> which) {
        for (Path file : files(from, which)) {
            Path copy = to.resolve(from.relativize(file));
            try {
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<Path> files(Path root, Predicate<Path> which) {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).filter(which).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
