package io.plumbline.pipeline;

import java.time.LocalDate;

/**
 * Something that a run would do.
 *
 * @param step exposures, unit-days or scorecards
 * @param subject the source that would be read, or the experiment whose results would be computed
 * @param first the first of consecutive local days that would be read, or as of which results would be computed
 * @param last the last of them
 * @param reason why, in one line
 */
public record PlannedWork(String step, String subject, LocalDate first, LocalDate last, String reason) {}
