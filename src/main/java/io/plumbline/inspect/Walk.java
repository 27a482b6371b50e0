package io.plumbline.inspect;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The way of a metric's number from source rows to the scorecard.
 *
 * @param experiment whose units
 * @param metric whose number
 * @param asOf the day of the scorecard
 * @param lines steps in their order, groups as the experiment names them
 * @param differences what is not equal to the stored results, a sentence each; empty when the walk ends in them
 * @param gap what cannot be walked, in a sentence; rows and units above it are complete
 */
public record Walk(
        String experiment,
        String metric,
        LocalDate asOf,
        List<WalkLine> lines,
        List<String> differences,
        Optional<String> gap) {

    public Walk {
        lines = List.copyOf(lines);
        differences = List.copyOf(differences);
    }

    /** The part of lines that say what the table of results holds. */
    public static final String STORED = "stored";

    /** The part of lines that say how far the walk's numbers are from those. */
    public static final String DIFFERENCE = "difference";

    /** The same walk with the lines of one group and those before groups apply. */
    public Walk of(String group) {
        return new Walk(
                experiment,
                metric,
                asOf,
                lines.stream()
                        .filter(line -> line.group() == null || line.group().equals(group))
                        .toList(),
                differences,
                gap);
    }
}
