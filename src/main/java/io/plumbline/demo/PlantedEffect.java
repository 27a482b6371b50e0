package io.plumbline.demo;

/**
 * The true effect of a group on a metric, in the population that the shop's visitors are drawn from.
 *
 * @param experiment as the definitions name it
 * @param metric as the definitions name it
 * @param group as the definitions name it; not the control
 * @param relativeEffect group mean over control mean, minus 1
 */
public record PlantedEffect(String experiment, String metric, String group, double relativeEffect) {}
