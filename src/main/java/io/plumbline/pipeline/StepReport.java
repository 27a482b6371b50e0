package io.plumbline.pipeline;

import io.plumbline.source.ScanCount;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of one step of a run.
 *
 * @param name what was done, for example {@code unit-days}
 * @param subject to what, for example the name of a source
 * @param status how it ended
 * @param detail counts, or why it failed, in one line
 * @param scanned what Spark read of sources, by its own measure; nothing for steps that read none, empty where Spark does not
 *     tell
 * @param took wall time
 */
public record StepReport(
        String name, String subject, Status status, String detail, Optional<ScanCount> scanned, Duration took) {

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
