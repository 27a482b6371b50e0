package io.plumbline.pipeline;

import java.time.Duration;

/**
 * What became of one step of a run.
 *
 * @param name what was done, for example {@code unit-days}
 * @param subject to what, for example the name of a source
 * @param status how it ended
 * @param detail counts, or why it failed, in one line
 * @param rowsRead source rows read; 0 for steps that read no source
 * @param took wall time
 */
public record StepReport(String name, String subject, Status status, String detail, long rowsRead, Duration took) {

    /** How a step ended. */
    public enum Status {
        /** As planned. */
        OK,
        /** Published, with something that deserves a look. */
        WARN,
        /** Failed; what depends on it is missing, with the reason. */
        ERROR,
        /** Not done, because a step that it depends on failed. */
        SKIP
    }
}
