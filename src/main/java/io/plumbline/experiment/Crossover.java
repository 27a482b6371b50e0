package io.plumbline.experiment;

/** What happens to a unit that was seen in more than one group of the same experiment. */
public enum Crossover {
    /** It leaves every metric and is counted in the health checks. */
    EXCLUDE,
    /** It stays in the group that it met first. */
    FIRST_GROUP
}
