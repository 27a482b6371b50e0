package io.plumbline.experiment;

import java.util.Optional;

/**
 * Which units an experiment analyses, and by which ids their events are found.
 *
 * @param type unit type that is randomized and analysed
 * @param crossover what happens to units seen in several groups
 * @param idResolution how events are found that carry another id; empty when all carry the unit's
 */
public record UnitRule(String type, Crossover crossover, Optional<IdResolution> idResolution) {}
