package io.plumbline.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.unix_micros;

import io.delta.tables.DeltaTable;
import io.plumbline.metric.FileFormat;
import io.plumbline.metric.Location;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * What a source held when it was read, in a text that changes when the data does: the version of a Delta table, or a hash
 * of the path, size and modification time of every file. Empty for queries and for tables of other formats.
 */
public final class Fingerprints {

    private Fingerprints() {}

    /** The fingerprint of a location now. */
    public static String of(SparkSession spark, Location location) {
        if (location instanceof Location.Files files) {
            return files.format() == FileFormat.DELTA
                    ? version(DeltaTable.forPath(spark, files.path()))
                    : "files:" + hash(String.join("\n", listing(spark, files.path())));
        }
        if (location instanceof Location.Table table && isDelta(spark, table.name())) {
            return version(DeltaTable.forName(spark, table.name()));
        }
        return "";
    }

    private static boolean isDelta(SparkSession spark, String table) {
        return !spark.sql("DESCRIBE TABLE EXTENDED " + table)
                .filter("col_name = 'Provider' AND lower(data_type) = 'delta'")
                .isEmpty();
    }

    private static String version(DeltaTable table) {
        return "delta:" + table.history(1).select("version").head().getLong(0);
    }

    /** Spark lists the files with the credentials of the session; their content is a column that is never read. */
    private static List<String> listing(SparkSession spark, String path) {
        return spark
                .read()
                .format("binaryFile")
                .option("recursiveFileLookup", "true")
                .load(path)
                .select(concat_ws(" ", col("path"), col("length"), unix_micros(col("modificationTime"))))
                .as(Encoders.STRING())
                .collectAsList()
                .stream()
                .sorted()
                .toList();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
