package io.plumbline.pipeline;

/** The runs of a warehouse do not say what they have computed; the message says what to do. */
public final class UnknownStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownStateException(String message) {
        super(message);
    }
}
