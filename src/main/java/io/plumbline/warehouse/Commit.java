package io.plumbline.warehouse;

import java.time.LocalDate;

/**
 * What every commit says of the run that made it.
 *
 * @param runId identifies the run
 * @param asOf the day of the run
 * @param definitionsHash of everything that changes a number
 * @param version of the program
 */
public record Commit(String runId, LocalDate asOf, String definitionsHash, String version) {

    /** The same run, as of another day. */
    public Commit asOf(LocalDate day) {
        return new Commit(runId, day, definitionsHash, version);
    }

    /** As JSON, for Delta's {@code userMetadata}. */
    String userMetadata() {
        return "{\"run_id\":\"" + runId + "\",\"ds\":\"" + asOf + "\",\"definitions_hash\":\"" + definitionsHash
                + "\",\"version\":\"" + version + "\"}";
    }
}
