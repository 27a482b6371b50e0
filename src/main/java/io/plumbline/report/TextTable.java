package io.plumbline.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of cells as aligned text, two blanks between columns, no line longer than a limit where that can be had: the widest
 * column of text gives way first, its cells cut with an ellipsis.
 */
public final class TextTable {

    /** On which side of its column a cell stands. */
    public enum Align {
        /** Text that may be cut. */
        LEFT,
        /** Text that says something only as a whole. */
        LEFT_WHOLE,
        /** Numbers, which are never cut. */
        RIGHT
    }

    private static final int NARROWEST = 8;
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<Align> aligns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with the titles of its columns, each aligned like its cells. */
    public TextTable(List<String> header, List<Align> aligns) {
        this.header = List.copyOf(header);
        this.aligns = List.copyOf(aligns);
    }

    /** A table of which all columns are aligned left. */
    public TextTable(List<String> header) {
        this(header, header.stream().map(title -> Align.LEFT).toList());
    }

    /** Adds a row of as many cells as there are columns; line feeds become blanks. */
    public void add(List<String> cells) {
        rows.add(cells.stream().map(cell -> cell.replaceAll("[\\r\\n]+", " ")).toList());
    }

    /** The header and all rows, without trailing blanks. */
    public List<String> lines(int width) {
        int[] widths = widths(width);
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int[] widths(int limit) {
        int[] widths = IntStream.range(0, header.size()).map(this::widest).toArray();
        int excess = IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) - limit;
        while (excess > 0) {
            int longest = longestText(widths);
            if (longest < 0) {
                break;
            }
            widths[longest]--;
            excess--;
        }
        return widths;
    }

    private int widest(int column) {
        return IntStream.concat(
                        IntStream.of(header.get(column).length()),
                        rows.stream().mapToInt(row -> row.get(column).length()))
                .max()
                .orElse(0);
    }

    /** The widest column that may still be cut; −1 when there is none. */
    private int longestText(int[] widths) {
        int longest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean mayShrink = aligns.get(i) == Align.LEFT && widths[i] > NARROWEST;
            if (mayShrink && (longest < 0 || widths[i] > widths[longest])) {
                longest = i;
            }
        }
        return longest;
    }

    private String line(List<String> cells, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> padded(cut(cells.get(i), widths[i]), widths[i], aligns.get(i)))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    private static String padded(String text, int width, Align align) {
        String blanks = " ".repeat(Math.max(0, width - text.length()));
        return align == Align.RIGHT ? blanks + text : text + blanks;
    }
}
