package io.plumbline.definition;

import java.util.Arrays;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** The characters of a file: finds the place of any of them. */
final class YamlText {

    private final String file;
    private final int[] characters;
    private final int[] lineStarts;

    YamlText(String file, String text) {
        this.file = file;
        this.characters = text.codePoints().toArray();
        int[] starts = new int[characters.length + 1];
        int lines = 1;
        for (int i = 0; i < characters.length; i++) {
            boolean carriageReturn = characters[i] == '\r' && at(i + 1) != '\n';
            if (characters[i] == '\n' || carriageReturn) {
                starts[lines++] = i + 1;
            }
        }
        this.lineStarts = Arrays.copyOf(starts, lines);
    }

    /** The place of a character, counted from 0. */
    Place place(int index) {
        int found = Arrays.binarySearch(lineStarts, index);
        int line = found >= 0 ? found : -found - 2;
        return new Place(file, line + 1, index - lineStarts[line] + 1);
    }

    /** The text of a line, counted from 1. */
    String line(int number) {
        int start = lineStarts[number - 1];
        int end = number < lineStarts.length ? lineStarts[number] : characters.length;
        return new String(characters, start, end - start);
    }

    /** How and where a scalar stands in this file. */
    Span span(int start, ScalarStyle style) {
        return new Span(this, start, style);
    }

    private int at(int index) {
        return index < characters.length ? characters[index] : '\0';
    }

    /**
     * How and where a scalar stands in its file.
     *
     * @param text the file
     * @param index where the scalar begins, its anchor and quotes included
     * @param style how it is quoted
     */
    record Span(YamlText text, int index, ScalarStyle style) {

        Place start() {
            return text.place(index);
        }

        /**
         * Where a character of the scalar's value stands: value and file are walked side by side, as folding, indentation
         * and escapes make them differ.
         */
        Place at(String value, int offset) {
            int raw = firstCharacter();
            int[] wanted = value.substring(0, Math.min(offset, value.length()))
                    .codePoints()
                    .toArray();
            for (int character : wanted) {
                raw = behind(character, raw);
            }
            boolean more = offset < value.length() && !Character.isWhitespace(value.codePointAt(offset));
            return text.place(Math.min(more ? skipBlank(raw) : raw, text.characters.length));
        }

        private int firstCharacter() {
            int raw = index;
            if (text.at(raw) == '&') {
                while (raw < text.characters.length && !Character.isWhitespace(text.at(raw))) {
                    raw++;
                }
                raw = skipBlank(raw);
            }
            return switch (style) {
                case SINGLE_QUOTED, DOUBLE_QUOTED -> raw + 1;
                case LITERAL, FOLDED -> afterLine(raw);
                default -> raw;
            };
        }

        private int afterLine(int from) {
            int raw = from;
            while (raw < text.characters.length && text.at(raw) != '\n' && text.at(raw) != '\r') {
                raw++;
            }
            return raw + 1;
        }

        private int behind(int character, int from) {
            if (Character.isWhitespace(character) && Character.isWhitespace(text.at(from))) {
                return from + 1;
            }
            int raw = skipBlank(from);
            if (style == ScalarStyle.DOUBLE_QUOTED && text.at(raw) == '\\') {
                return raw + escapeLength(raw);
            }
            boolean doubled = style == ScalarStyle.SINGLE_QUOTED && character == '\'';
            return raw + (doubled ? 2 : 1);
        }

        private int escapeLength(int raw) {
            return switch (text.at(raw + 1)) {
                case 'x' -> 4;
                case 'u' -> 6;
                case 'U' -> 10;
                default -> 2;
            };
        }

        private int skipBlank(int from) {
            int raw = from;
            while (Character.isWhitespace(text.at(raw)) || continued(raw)) {
                raw++;
            }
            return raw;
        }

        private boolean continued(int raw) {
            return style == ScalarStyle.DOUBLE_QUOTED
                    && text.at(raw) == '\\'
                    && (text.at(raw + 1) == '\n' || text.at(raw + 1) == '\r');
        }
    }
}
