package io.plumbline.experiment;

/**
 * An arm of an experiment.
 *
 * @param name as the assignment source spells it
 * @param weight planned share of units, relative to the other groups' weights; zero or more
 * @param role what the group is compared as
 */
public record Group(String name, double weight, Role role) {

    /** What a group is compared as. */
    public enum Role {
        /** The group that the others are compared with. */
        CONTROL,
        /** A group that is compared with the control. */
        TREATMENT
    }

    public Group {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight of group '" + name + "' must be 0 or more, was " + weight);
        }
    }
}
