package io.plumbline.warehouse;

import org.jspecify.annotations.Nullable;

/** Two writers at once in the same tables, of which this one gives way. */
public final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ConflictException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Another writer committed to the same rows of a table, again and again. */
    static ConflictException afterTries(String table, int tries, Throwable cause) {
        return new ConflictException(
                "table '" + table + "' was written by another run at the same time, also after " + tries
                        + " tries; run again when it has ended",
                cause);
    }

    /** Another run began. */
    static ConflictException overtaken(String table, String run) {
        return new ConflictException(
                "run '" + run + "' began after this one, which stops before it writes table '" + table
                        + "'; run again when the other has ended",
                null);
    }
}
