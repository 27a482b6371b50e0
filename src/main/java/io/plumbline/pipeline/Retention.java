package io.plumbline.pipeline;

import io.plumbline.warehouse.TableFiles;
import java.time.Duration;

/**
 * For how long files stay that newer ones have replaced: jobs that began before may be reading them, and what tables were
 * like can be read for so long.
 *
 * @param kept a whole number of hours
 */
public record Retention(Duration kept) {

    /** What Delta's tables are made for. */
    public static final Retention DEFAULT = new Retention(TableFiles.SAFE_RETENTION);

    public Retention {
        if (kept.isNegative() || !kept.equals(Duration.ofHours(kept.toHours()))) {
            throw new IllegalArgumentException("files are kept for whole hours, not for " + kept);
        }
    }

    /**
     * Beside jobs that may be running.
     *
     * @throws IllegalArgumentException if it is too short for them
     */
    public static Retention besideJobs(Duration kept) {
        if (kept.compareTo(TableFiles.SAFE_RETENTION) < 0) {
            throw new IllegalArgumentException("files that were replaced less than "
                    + TableFiles.SAFE_RETENTION.toDays() + " days ago may be in use by jobs that are running");
        }
        return new Retention(kept);
    }
}
