package io.plumbline.pipeline;

/** How much of what was read before is read again. */
public enum Refresh {
    /** Nothing: only what was never read. Changes stay for a later run to find. */
    MISSING,
    /** What has changed, or may have. */
    CHANGES,
    /** All of it. */
    EVERYTHING
}
