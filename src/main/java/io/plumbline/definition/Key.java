package io.plumbline.definition;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A key of a mapping.
 *
 * @param name as written
 * @param kind what may stand under it
 * @param need whether it may be left out
 * @param description one sentence for people and editors
 * @param types which types of the mapping take it; empty for all
 * @param beside a key that must be there as well; empty for none
 */
record Key(String name, Kind kind, Need need, String description, Set<String> types, String beside) {

    /** Whether a key may be left out. */
    enum Need {
        REQUIRED,
        OPTIONAL
    }

    Key {
        types = Collections.unmodifiableSet(new LinkedHashSet<>(types));
    }

    static Key required(String name, Kind kind, String description) {
        return new Key(name, kind, Need.REQUIRED, description, Set.of(), "");
    }

    static Key optional(String name, Kind kind, String description) {
        return new Key(name, kind, Need.OPTIONAL, description, Set.of(), "");
    }

    /** The same key, for some types only. */
    Key onlyFor(String... taking) {
        return new Key(name, kind, need, description, new LinkedHashSet<>(List.of(taking)), beside);
    }

    /** The same key, accepted only where another key is. */
    Key onlyWith(String other) {
        return new Key(name, kind, need, description, types, other);
    }

    boolean takenBy(String type) {
        return types.isEmpty() || types.contains(type);
    }
}
