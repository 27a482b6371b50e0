package io.plumbline.definition;

import java.util.Set;

/**
 * The part of a project that a selection names, each set in the project's order.
 *
 * @param metricSources names of metric sources
 * @param metrics names of metrics
 * @param assignmentSources names of assignment sources
 * @param experiments names of experiments
 */
public record Selected(
        Set<String> metricSources, Set<String> metrics, Set<String> assignmentSources, Set<String> experiments) {}
