package io.plumbline.definition;

import java.util.List;
import java.util.TreeSet;

/** Collects what is wrong, so that everything is reported at once; the same problem at the same place counts once. */
final class Problems {

    private final TreeSet<Problem> found = new TreeSet<>();

    void add(Place place, String message) {
        found.add(new Problem(place.file(), place.line(), place.column(), message));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of files and lines. */
    List<Problem> all() {
        return List.copyOf(found);
    }
}
