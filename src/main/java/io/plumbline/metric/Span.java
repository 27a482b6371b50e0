package io.plumbline.metric;

/** Which rows of a unit are added up, told from its exposure. */
public sealed interface Span permits CohortWindow, BeforeExposure {}
