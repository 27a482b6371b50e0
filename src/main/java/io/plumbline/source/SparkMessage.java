package io.plumbline.source;

import java.util.regex.Pattern;

/** What Spark said, in one line that people can read. */
public final class SparkMessage {

    private static final Pattern ERROR_CLASS = Pattern.compile("^\\[[A-Z0-9_.]+]\\s*");
    private static final Pattern SQL_STATE = Pattern.compile("\\s*SQLSTATE: \\w{5}.*$");

    private SparkMessage() {}

    /**
     * What is known of faults of data and disks, with the remedy; of everything else the first line of the message of the
     * innermost cause that has one, without error class and SQL state.
     */
    public static String of(Throwable error) {
        return SparkFault.of(error).orElseGet(() -> innermost(error));
    }

    static String innermost(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null
                && cause.getCause() != cause
                && cause.getCause().getMessage() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String line = message.lines().findFirst().orElse(message);
        return SQL_STATE
                .matcher(ERROR_CLASS.matcher(line).replaceFirst(""))
                .replaceFirst("")
                .strip();
    }
}
