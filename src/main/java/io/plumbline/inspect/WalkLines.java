package io.plumbline.inspect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the lines of one measure, and what differs from the table of results. */
final class WalkLines {

    private static final double RELATIVE_TOLERANCE = 1e-9;

    private final @Nullable String measure;
    private final List<WalkLine> lines = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();

    WalkLines(@Nullable String measure) {
        this.measure = measure;
    }

    List<WalkLine> lines() {
        return lines;
    }

    List<String> differences() {
        return differences;
    }

    void add(String part, String step, @Nullable String group, @Nullable Long n, @Nullable Double value) {
        lines.add(new WalkLine(measure, part, step, group, n, value));
    }

    /**
     * Three lines: what the walk ends in, what is stored, and the difference. Sums of the same numbers in another order
     * may differ in their last digits, which is no difference.
     */
    void compare(String name, String group, @Nullable Number walked, @Nullable Number stored) {
        line("result", name, group, walked);
        line(Walk.STORED, name, group, stored);
        if (walked == null || stored == null) {
            if (walked != stored) {
                differences.add(sentence(name, group, walked, stored));
            }
            return;
        }
        double difference = walked.doubleValue() - stored.doubleValue();
        double scale = Math.max(Math.abs(walked.doubleValue()), Math.abs(stored.doubleValue()));
        boolean same = Math.abs(difference) <= RELATIVE_TOLERANCE * Math.max(1, scale);
        line(Walk.DIFFERENCE, name, group, difference(walked, same ? 0 : difference));
        if (!same) {
            differences.add(sentence(name, group, walked, stored));
        }
    }

    private static Number difference(Number walked, double difference) {
        return walked instanceof Long ? (Number) Math.round(difference) : (Number) difference;
    }

    private void line(String part, String name, String group, @Nullable Number number) {
        if (number instanceof Long n) {
            add(part, name, group, n, null);
        } else {
            add(part, name, group, null, number == null ? null : number.doubleValue());
        }
    }

    private String sentence(String name, String group, @Nullable Number walked, @Nullable Number stored) {
        String step = measure == null ? "" : " of step " + measure;
        return name + step + " of " + group + " is " + text(walked) + ", stored is " + text(stored);
    }

    private static String text(@Nullable Number number) {
        return number == null ? "not defined" : number.toString();
    }
}
