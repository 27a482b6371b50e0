package io.plumbline.statistics;

/**
 * The units of one value of a unit property, in both groups.
 *
 * @param name the value
 * @param control moments of the control's units with it
 * @param treatment moments of the treatment's units with it
 */
public record Segment(String name, Moments control, Moments treatment) {

    /** The units of both segments, which must be disjoint. */
    Segment merge(Segment other) {
        return new Segment(name, control.merge(other.control), treatment.merge(other.treatment));
    }
}
