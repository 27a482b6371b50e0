package io.plumbline.statistics;

/**
 * How many units a group got, and the share it was planned to get.
 *
 * @param group name of the group
 * @param weight planned weight on any scale, common to all groups; 0 leaves the group out
 * @param units number of units
 */
public record GroupCount(String group, double weight, long units) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the weight is negative or not finite, or the number of units is negative
     */
    public GroupCount {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight of group " + group + " is " + weight + ": give 0 or more");
        }
        if (units < 0) {
            throw new IllegalArgumentException(
                    "number of units of group " + group + " is " + units + ": give 0 or more");
        }
    }

    /** The group with the units of both counts. */
    GroupCount plus(GroupCount other) {
        return new GroupCount(group, weight, Math.addExact(units, other.units));
    }
}
