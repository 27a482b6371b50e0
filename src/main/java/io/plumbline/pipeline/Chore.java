package io.plumbline.pipeline;

import java.util.Locale;

/**
 * Something that maintenance does to a table.
 *
 * @param action what is done
 * @param table the table's name
 * @param detail how much of it, in words
 */
public record Chore(Action action, String table, String detail) {

    /** What can be done. */
    public enum Action {
        /** States of components that no metric needs are taken out. */
        DROP,
        /** Several layers of a day become one. */
        FOLD,
        /** Small files become fewer and larger ones. */
        COMPACT,
        /** Files that newer ones have replaced are removed. */
        VACUUM,
        /** Nothing: the table is of a source or a unit type that is not defined any more. */
        LEAVE,
        /** Such a table is removed. */
        REMOVE;

        /** For people and programs. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** In words. */
    String text() {
        return action.label() + " " + detail;
    }
}
