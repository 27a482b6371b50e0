package io.plumbline.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;

/**
 * What went wrong with data or disk, where Spark's message says it in many lines, without the file or without a remedy. One
 * line with the file, column or value and what to do.
 */
final class SparkFault {

    private static final int LONGEST = 80;
    private static final Pattern NO_SPACE =
            Pattern.compile("(?:(\\S+) \\()?(No space left on device|Disk quota exceeded)", Pattern.CASE_INSENSITIVE);

    private final List<Throwable> chain;

    private SparkFault(List<Throwable> chain) {
        this.chain = chain;
    }

    /** The line; empty for everything else that can go wrong. */
    static Optional<String> of(Throwable error) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = error; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        SparkFault fault = new SparkFault(chain);
        return fault.noSpace().or(fault::ofFile).or(fault::ofRows).or(fault::ofPlace);
    }

    private Optional<String> noSpace() {
        for (Throwable cause : chain) {
            Matcher full = NO_SPACE.matcher(String.valueOf(cause.getMessage()));
            if (full.find()) {
                String file = full.group(1) == null
                        ? parameter("TASK_WRITE_FAILED", "path").orElse("")
                        : full.group(1);
                return Optional.of((file.isEmpty() ? "the disk is full (" : "the disk of " + file + " is full (")
                        + full.group(2).toLowerCase(Locale.ROOT)
                        + "); make room for the warehouse and for Spark's scratch files (spark.local.dir), then run"
                        + " again");
            }
        }
        return Optional.empty();
    }

    private Optional<String> ofFile() {
        return parameter("FAILED_READ_FILE", "path").map(path -> {
            String file = "file " + path;
            if (parameter("FAILED_READ_FILE.FILE_NOT_EXIST", "path").isPresent()) {
                return file + " was listed and is gone; restore it, then run again";
            }
            Optional<String> column = parameter("FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH", "column");
            if (column.isPresent()) {
                return file + ": column " + column.get().replaceAll("[\\[\\]]", "'") + " is "
                        + parameter("FAILED_READ_FILE", "actualType").orElse("of another type")
                        + " there and "
                        + parameter("FAILED_READ_FILE", "expectedType")
                                .orElse("not")
                                .toUpperCase(Locale.ROOT)
                        + " in other files; give the source a `schema` that fits all files, or write the file again";
            }
            Optional<String> row = parameter("MALFORMED_RECORD_IN_PARSING", "badRecord");
            if (row.isPresent()) {
                return file + ": the row " + shortened(row.get())
                        + " does not fit the source's `schema`; mend the file,"
                        + " or set `mode: PERMISSIVE` under `options` to read what does not fit as null";
            }
            return file + " cannot be read (" + cause(path) + "); write it again or restore it, then run again";
        });
    }

    private Optional<String> ofRows() {
        return parameter("CAST_INVALID_INPUT", "expression")
                .map(value -> "the value " + shortened(value) + " is no "
                        + parameter("CAST_INVALID_INPUT", "targetType")
                                .orElse("number")
                                .replace("\"", "")
                        + "; mend the rows, or say with try_cast under `columns` that such values are null")
                .or(() -> parameter("UNRESOLVED_COLUMN", "objectName").map(this::noColumn));
    }

    private Optional<String> ofPlace() {
        Optional<String> files = parameter("PATH_NOT_FOUND", "path").map(path -> "there is nothing at " + path);
        return files.or(() -> parameter("DELTA_MISSING_DELTA_TABLE", "tableName")
                        .map(table -> "there is no Delta table at " + table.replace("`", "")))
                .map(fault -> fault + "; restore it, or correct the source's `path`");
    }

    private String noColumn(String name) {
        return "there is no column '" + name.replace("`", "") + "'"
                + parameter("UNRESOLVED_COLUMN", "proposal")
                        .map(near -> " (did you mean " + near.replace("`", "") + "?)")
                        .orElse("")
                + "; restore it in the source, or correct the definition";
    }

    /** A parameter of the outermost error whose condition begins so. */
    private Optional<String> parameter(String condition, String name) {
        for (Throwable cause : chain) {
            if (cause instanceof SparkThrowable spark
                    && String.valueOf(spark.getCondition()).startsWith(condition)) {
                Map<String, String> parameters = spark.getMessageParameters();
                if (parameters != null && parameters.containsKey(name)) {
                    return Optional.of(parameters.get(name));
                }
            }
        }
        return Optional.empty();
    }

    /** What the innermost cause says, the file not named again. */
    private String cause(String path) {
        String name = Pattern.quote(path.substring(path.lastIndexOf('/') + 1));
        return shortened(SparkMessage.innermost(chain.get(0)).replaceAll("\\S*" + name, "it"));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
