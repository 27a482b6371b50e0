package io.plumbline.source;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files that came to a source since some of its days were read.
 *
 * @param files their paths, in order
 * @param before paths of files that may hold rows of the same days and were read with them, in order
 */
public record AddedFiles(Set<String> files, Set<String> before) {

    public AddedFiles {
        files = Collections.unmodifiableSet(new TreeSet<>(files));
        before = Collections.unmodifiableSet(new TreeSet<>(before));
    }

    /** These and those of other days, to be read in one scan; empty where a file of one was read with the other already. */
    public Optional<AddedFiles> and(AddedFiles other) {
        AddedFiles both = new AddedFiles(union(files, other.files), union(before, other.before));
        return Collections.disjoint(both.files, both.before) ? Optional.of(both) : Optional.empty();
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
