package io.plumbline.definition;

import java.util.Comparator;

/**
 * One thing that is wrong with the definitions. Problems are ordered by file, {@code plumbline.yml} first, then by line
 * and column.
 *
 * @param file path relative to the project's folder, with slashes
 * @param line counted from 1
 * @param column counted from 1, in characters
 * @param message one line: the offending value, and what would be accepted
 */
public record Problem(String file, int line, int column, String message) implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(
                    (Problem problem) -> !problem.file.equals(ProjectFiles.SETTINGS))
            .thenComparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::message);

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
