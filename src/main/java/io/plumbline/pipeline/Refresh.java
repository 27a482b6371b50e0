package io.plumbline.pipeline;

/** How much of what was read before is read again. */
public enum Refresh {
    /** What has changed, or may have. */
    CHANGES,
    /** All of it. */
    EVERYTHING
}
