package io.plumbline.report;

import java.util.ArrayList;
import java.util.List;

/** Text broken into lines at blanks. */
final class Wrapped {

    private Wrapped() {}

    /** Lines of at most {@code width} characters, words that are longer excepted; all but the first are indented. */
    static List<String> lines(String text, int width, String indent) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            if (blank <= indent.length()) {
                blank = rest.indexOf(' ', width);
            }
            if (blank < 0) {
                break;
            }
            lines.add(rest.substring(0, blank).stripTrailing());
            rest = indent + rest.substring(blank + 1).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
