package io.plumbline.definition;

import java.util.List;
import java.util.Optional;

/** A value of a YAML file, with its place. Aliases stand for the very node that they name. */
sealed interface YamlNode {

    /** Where the value begins. */
    Place place();

    /** What the value is called in messages, with its article. */
    String noun();

    /** What a scalar's text was resolved to, by YAML's core schema. */
    enum Type {
        TEXT("text"),
        INTEGER("a number"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        NULL("nothing");

        private final String noun;

        Type(String noun) {
            this.noun = noun;
        }
    }

    /**
     * A single value.
     *
     * @param written how and where the text stands in its file
     * @param type what it was resolved to
     * @param text the value, quotes and escapes removed
     */
    record Scalar(YamlText.Span written, Type type, String text) implements YamlNode {
        @Override
        public Place place() {
            return written.start();
        }

        @Override
        public String noun() {
            return type.noun;
        }

        /** Where a character of the value stands. */
        Place at(int offset) {
            return written.at(text, offset);
        }
    }

    /** A list. */
    record Items(Place place, List<YamlNode> nodes) implements YamlNode {
        @Override
        public String noun() {
            return "a list";
        }
    }

    /** A mapping, its entries in the order written, duplicate keys included. */
    record Entries(Place place, List<Entry> entries) implements YamlNode {
        @Override
        public String noun() {
            return "a mapping";
        }

        /** The first value under a key. */
        Optional<YamlNode> get(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().text().equals(key))
                    .map(Entry::value)
                    .findFirst();
        }
    }

    /** A key and its value. */
    record Entry(Scalar key, YamlNode value) {}
}
