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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Files as they are now. The fingerprint of a day is a chain of hashes of path, size and modification time of the files that
 * may hold rows of it: those of its partition, or all of them where the source has no date partition. The chain goes from the
 * oldest file to the newest, so that the fingerprint of an earlier time is a link of it if files have only come since.
 */
final class FileSnapshot implements Snapshot {

    private static final String PREFIX = "files:";
    private static final int LENGTH = 16;

    /** What Spark takes for a pattern in the name of a file. */
    private static final Pattern GLOB = Pattern.compile("[*?\\[\\]{}\\\\]");

    private record File(String path, long modified, String text, Optional<DayRange> days) {
        private static final Comparator<File> BY_AGE =
                Comparator.comparingLong(File::modified).thenComparing(File::path);
    }

    /** By age. */
    private final List<File> files;

    /** Paths of all files, also of those without content. */
    private final Set<String> listed;

    private final Location.Files source;
    private final Optional<PartitionDays> partition;

    private FileSnapshot(
            List<File> files, Set<String> listed, Location.Files source, Optional<PartitionDays> partition) {
        this.files = files;
        this.listed = listed;
        this.source = source;
        this.partition = partition;
    }

    /** Spark lists the files with the credentials of the session; their content is a column that is never read. */
    static FileSnapshot of(SparkSession spark, Location.Files source, Optional<PartitionDays> partition) {
        Dataset<Row> files = spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", "true")
                .load(source.path());
        List<File> filled =
                files.select(col("path"), col("length"), unix_micros(col("modificationTime"))).collectAsList().stream()
                        .map(row -> file(row, partition))
                        .sorted(File.BY_AGE)
                        .toList();
        Set<String> listed = paths(files);
        if (source.format() == FileFormat.PARQUET) {
            requireContent(listed, filled);
        }
        return new FileSnapshot(filled, listed, source, partition);
    }

    private static Set<String> paths(Dataset<Row> rows) {
        return Arrays.stream(rows.inputFiles())
                .map(file -> new Path(URI.create(file)).toString())
                .collect(Collectors.toSet());
    }

    /** Files of which Spark takes the columns of one for those of all, unless it is told to look at every file. */
    private boolean isSelfDescribing() {
        return source.format() == FileFormat.PARQUET
                && source.schema().isEmpty()
                && source.options().keySet().stream().noneMatch("mergeSchema"::equalsIgnoreCase);
    }

    /** Spark passes over files without a byte; but writers of Parquet that end well leave none. */
    private static void requireContent(Set<String> listed, List<File> filled) {
        Set<String> paths = filled.stream().map(File::path).collect(Collectors.toSet());
        for (String file : listed) {
            if (file.endsWith(".parquet") && !paths.contains(file)) {
                throw new SourceException("file " + file
                        + " is empty, as no Parquet file is; write it again or take it away, then run again");
            }
        }
    }

    /** The last file of the day's partition. */
    @Override
    public Optional<String> sample(LocalDate day) {
        return files.stream()
                .filter(file -> isSelfDescribing()
                        && file.days().map(days -> days.covers(day)).orElse(false))
                .map(File::path)
                .max(Comparator.naturalOrder());
    }

    private static File file(Row row, Optional<PartitionDays> partition) {
        String path = row.getString(0);
        long modified = row.getLong(2);
        return new File(path, modified, path + " " + row.getLong(1) + " " + modified, days(path, partition));
    }

    private static Optional<DayRange> days(String path, Optional<PartitionDays> partition) {
        return partition.flatMap(days -> days(path, days));
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
        String link = PREFIX;
        for (File file : of(day)) {
            link = next(link, file);
        }
        return link;
    }

    @Override
    public Freshness since(LocalDate day, String fingerprint) {
        return fingerprint(day).equals(fingerprint) ? Freshness.SAME : Freshness.CHANGED;
    }

    @Override
    public Optional<AddedFiles> added(LocalDate day, String fingerprint) {
        List<File> ofDay = of(day);
        String link = PREFIX;
        for (int before = 0; before < ofDay.size(); before++) {
            if (link.equals(fingerprint)) {
                List<File> came = ofDay.subList(before, ofDay.size());
                return Optional.of(new AddedFiles(pathsOf(came), pathsOf(ofDay.subList(0, before))))
                        .filter(added -> canBeReadAlone(added.files()));
            }
            link = next(link, ofDay.get(before));
        }
        return Optional.empty();
    }

    private boolean canBeReadAlone(Set<String> paths) {
        return Stream.concat(Stream.of(source.path()), paths.stream())
                .noneMatch(path -> GLOB.matcher(path).find());
    }

    @Override
    public Predicate<LocalDate> tellsOf(Dataset<Row> rows) {
        List<Optional<DayRange>> later = paths(rows).stream()
                .filter(path -> !listed.contains(path))
                .map(path -> days(path, partition))
                .toList();
        return day -> later.stream().noneMatch(days -> mayHold(days, day));
    }

    private static boolean mayHold(Optional<DayRange> days, LocalDate day) {
        return days.map(range -> range.covers(day)).orElse(true);
    }

    private List<File> of(LocalDate day) {
        return files.stream().filter(file -> mayHold(file.days(), day)).toList();
    }

    private static Set<String> pathsOf(List<File> files) {
        return files.stream().map(File::path).collect(Collectors.toSet());
    }

    private static String next(String link, File file) {
        return PREFIX + hash(link + "\n" + file.text());
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
