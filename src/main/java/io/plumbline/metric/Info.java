package io.plumbline.metric;

import java.util.List;

/**
 * What people need to know of a definition and no number depends on.
 *
 * @param name unique per kind, {@code [a-z][a-z0-9_]*} without a double underscore
 * @param description one or two sentences, may be empty
 * @param owner team or person, may be empty
 * @param tags labels for selection, in the order written
 * @param origin where the definition stands, as {@code file:line:column}
 */
public record Info(String name, String description, String owner, List<String> tags, String origin) {

    public Info {
        tags = List.copyOf(tags);
    }

    /** The same of something that goes by another name. */
    public Info named(String other) {
        return new Info(other, description, owner, tags, origin);
    }
}
