package io.plumbline.cli;

/** What was asked for needs data that is not there yet; the message says which and how it gets there. */
final class NotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotReadyException(String message) {
        super(message);
    }
}
