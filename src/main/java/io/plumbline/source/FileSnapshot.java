package io.plumbline.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_micros;

import io.plumbline.metric.FileFormat;
import io.plumbline.metric.Location;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Files as they are now. The fingerprint of a day is a hash of path, size and modification time of the files that may
 * hold rows of it: those of its partition, or all of them where the source has no date partition.
 */
final class FileSnapshot implements Snapshot {

    private static final int LENGTH = 16;

    private record File(String path, String text, Optional<DayRange> days) {}

    private final List<File> files;
    private final boolean selfDescribing;

    private FileSnapshot(List<File> files, boolean selfDescribing) {
        this.files = files;
        this.selfDescribing = selfDescribing;
    }

    /** Spark lists the files with the credentials of the session; their content is a column that is never read. */
    static FileSnapshot of(SparkSession spark, Location.Files source, Optional<PartitionDays> partition) {
        Dataset<Row> files = spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", "true")
                .load(source.path());
        List<Row> listing = files.select(col("path"), col("length"), unix_micros(col("modificationTime")))
                .collectAsList();
        if (source.format() == FileFormat.PARQUET) {
            requireContent(files.inputFiles(), listing);
        }
        return new FileSnapshot(
                listing.stream().map(row -> file(row, partition)).toList(), isSelfDescribing(source));
    }

    /** Files of which Spark takes the columns of one for those of all, unless it is told to look at every file. */
    private static boolean isSelfDescribing(Location.Files source) {
        return source.format() == FileFormat.PARQUET
                && source.schema().isEmpty()
                && source.options().keySet().stream().noneMatch("mergeSchema"::equalsIgnoreCase);
    }

    /** Spark passes over files without a byte; but writers of Parquet that end well leave none. */
    private static void requireContent(String[] files, List<Row> filled) {
        Set<String> paths = filled.stream().map(row -> row.getString(0)).collect(Collectors.toSet());
        for (String file : files) {
            if (file.endsWith(".parquet") && !paths.contains(new Path(URI.create(file)).toString())) {
                throw new SourceException("file " + file
                        + " is empty, as no Parquet file is; write it again or take it away, then run again");
            }
        }
    }

    /** The last file of the day's partition. */
    @Override
    public Optional<String> sample(LocalDate day) {
        return files.stream()
                .filter(file -> selfDescribing
                        && file.days().map(days -> days.covers(day)).orElse(false))
                .map(File::path)
                .max(Comparator.naturalOrder());
    }

    private static File file(Row row, Optional<PartitionDays> partition) {
        String path = row.getString(0);
        return new File(
                path, path + " " + row.getLong(1) + " " + row.getLong(2), partition.flatMap(days -> days(path, days)));
    }

    /** From the folder {@code <column>=<value>}. */
    private static Optional<DayRange> days(String path, PartitionDays partition) {
        return Arrays.stream(path.split("/"))
                .map(folder -> URLDecoder.decode(folder.replace("+", "%2B"), StandardCharsets.UTF_8))
                .filter(folder -> folder.regionMatches(
                        true, 0, partition.column() + "=", 0, partition.column().length() + 1))
                .findFirst()
                .flatMap(folder ->
                        partition.of(folder.substring(partition.column().length() + 1)));
    }

    @Override
    public String fingerprint(LocalDate day) {
        return "files:"
                + hash(files.stream()
                        .filter(file ->
                                file.days().map(days -> days.covers(day)).orElse(true))
                        .map(File::text)
                        .sorted()
                        .collect(Collectors.joining("\n")));
    }

    @Override
    public Freshness since(LocalDate day, String fingerprint) {
        return fingerprint(day).equals(fingerprint) ? Freshness.SAME : Freshness.CHANGED;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
