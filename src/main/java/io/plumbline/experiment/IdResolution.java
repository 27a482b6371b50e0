package io.plumbline.experiment;

import java.util.Locale;

/**
 * How events that carry another id than the exposures are found: a source that has both ids on its rows says which ids
 * belong together, and a mode decides where they contradict each other.
 *
 * <p>Pairs count whose exposed id is a unit that is analysed; cross-over units that the experiment excludes take no part.
 * A row without one of the ids makes no pair, and any number of rows with the same ids make one. Of a metric source and of
 * an assignment source the rows from the experiment's first day to the last day whose data counts are taken; of a property
 * source all rows up to the as-of day, or all rows where it has no time. A pair belongs together from the beginning: events
 * before the two were first seen together count.
 *
 * @param origin what kind of source it is
 * @param source its name
 * @param eventUnit the unit type that the events carry
 * @param mode what happens to ids with several partners
 */
public record IdResolution(Origin origin, String source, String eventUnit, Mode mode) {

    /** The kind and the name of the source: {@code property_source accounts}. */
    public String label() {
        return origin.of(source);
    }

    /** Kinds of sources; names are unique only within a kind. */
    public enum Origin {
        METRIC_SOURCE,
        ASSIGNMENT_SOURCE,
        PROPERTY_SOURCE;

        /** The kind and the name of one of them. */
        public String of(String source) {
            return name().toLowerCase(Locale.ROOT) + " " + source;
        }
    }

    /** What happens to ids with several partners. Whoever is left without events stays in the analysis, with zeros. */
    public enum Mode {
        /** Only pairs count whose ids have no other partner; the units of all others leave the experiment's analysis. */
        STRICT,
        /** An event id belongs to the unit that was exposed first; of several at one instant, to the id that sorts first. */
        FIRST_TOUCH,
        /** An event id belongs to the unit that was exposed last; of several at one instant, to the id that sorts first. */
        LAST_TOUCH
    }
}
