package io.plumbline.pipeline;

import io.plumbline.analysis.Scorecard;
import io.plumbline.exposure.ExposureCount;
import java.util.List;
import java.util.Set;

/**
 * What was found as of one day.
 *
 * @param scorecards of the experiments that could be computed
 * @param counts the daily exposures of all experiments
 * @param kept names of the experiments that keep the results they have: those that could not be computed or have not
 *     changed, sorted
 */
record DayScorecards(List<Scorecard> scorecards, List<ExposureCount> counts, Set<String> kept) {}
