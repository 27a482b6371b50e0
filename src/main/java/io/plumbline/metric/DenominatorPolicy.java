package io.plumbline.metric;

/** What happens to the numerators of units whose denominator is zero. */
public enum DenominatorPolicy {
    /** They are left out, and so are the units from N. */
    PARTICIPATING,
    /** They are kept, and N is the number of all exposed units. */
    ALL_UNITS
}
