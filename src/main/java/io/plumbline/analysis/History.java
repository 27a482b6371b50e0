package io.plumbline.analysis;

import io.plumbline.statistics.Baseline;

/**
 * What is known of the units of a new experiment before it begins.
 *
 * @param baseline mean and variance of the metric
 * @param unitsPerDay units that come in a day; NaN if it is unknown
 */
public record History(Baseline baseline, double unitsPerDay) {}
