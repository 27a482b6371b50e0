package io.plumbline.plan;

import io.plumbline.metric.UnitValue;

/**
 * The numerator or the denominator of a metric.
 *
 * @param value what it is
 * @param total the total that it is made of
 */
public record PlannedSide(UnitValue value, UnitTotal total) {}
