package io.plumbline.metric;

/**
 * The local days before the day of a unit's exposure, as many as the experiment says. The day of exposure is in no part
 * one of them, so that the treatment can have touched none of their rows; cohort windows, maturity and baking, which speak of
 * the time after exposure, play no part.
 */
public record BeforeExposure() implements Span {}
