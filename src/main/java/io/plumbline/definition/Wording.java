package io.plumbline.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The parts that error messages have in common. */
final class Wording {

    private static final int LONGEST_VALUE = 60;

    private Wording() {}

    /** A value in quotes, on one line and not too long. */
    static String quoted(String value) {
        StringBuilder text = new StringBuilder();
        value.codePoints().limit(LONGEST_VALUE).forEach(c -> {
            if (Character.isWhitespace(c)) {
                text.append(' ');
            } else if (!Character.isISOControl(c)) {
                text.appendCodePoint(c);
            }
        });
        return "'" + text + (value.codePointCount(0, value.length()) > LONGEST_VALUE ? "…" : "") + "'";
    }

    /** {@code ; did you mean 'x'?} for the nearest candidate, empty when none is near. */
    static String didYouMean(String value, Collection<String> candidates) {
        return nearest(value, candidates)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }

    private static Optional<String> nearest(String value, Collection<String> candidates) {
        String wanted = value.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, wanted.length() / 3);
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - wanted.length()) <= limit)
                .filter(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= limit)
                .min(Comparator.comparingInt((String candidate) -> distance(wanted, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
