package io.plumbline.source;

/** A source that cannot be read as its definition says; the message names the source, the value and the remedy. */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message of one line. */
    public SourceException(String message) {
        super(message);
    }

    /** With a message of one line and what Spark said. */
    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
