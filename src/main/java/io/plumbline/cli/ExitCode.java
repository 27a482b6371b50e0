package io.plumbline.cli;

/** What the program ended in, as schedulers see it; {@link PlumblineCommand} lists the same for people. */
enum ExitCode {
    OK(0),
    /** Anything that the others do not name, and runs of which a step failed. */
    FAILURE(1),
    USAGE(2),
    /** A data check failed and results are withheld. */
    DATA_CHECK(65),
    /** The same command may succeed later. */
    TRANSIENT(75),
    /** Definitions or configuration cannot be used as they are. */
    DEFINITIONS(78),
    NOT_READY(99);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number that the operating system gets. */
    int code() {
        return code;
    }
}
