package io.plumbline.definition;

import java.util.List;
import java.util.TreeSet;

/** Collects what is wrong, so that everything is reported at once; the same problem at the same place counts once. */
final class Problems {

    private final TreeSet<Problem> found = new TreeSet<>();

    /** Messages may quote what stands in files; whatever that is, they stay on one line. */
    void add(Place place, String message) {
        String line = message.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        found.add(new Problem(place.file(), place.line(), place.column(), line));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of files and lines. */
    List<Problem> all() {
        return List.copyOf(found);
    }
}
