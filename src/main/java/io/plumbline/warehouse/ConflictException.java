package io.plumbline.warehouse;

/** Another writer committed to the same days of the same table, again and again. */
public final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConflictException(String table, Throwable cause) {
        super(
                "table '" + table
                        + "' was written by another run at the same time, also after 3 tries; run again when it"
                        + " has ended",
                cause);
    }
}
