package io.plumbline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The packages and who may use whom, as read from five lines of text: the flow with its arrows, the nouns, the
 * mathematics, what stands beside the flow and what stands around it.
 *
 * @param flow every package may use those to its left
 * @param nouns used by all but the mathematics, using each other and the mathematics
 * @param mathematics used by all, using nothing
 * @param beside may use the whole flow, not each other
 * @param outermost may use everything, and of each other those to the left
 */
record PackageMap(
        List<String> flow, List<String> nouns, List<String> mathematics, List<String> beside, List<String> outermost) {

    private static final String ARROW = "→";

    static PackageMap read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("^[ *]*", "").strip())
                .toList();
        return new PackageMap(
                lines.stream()
                        .filter(line -> line.contains(ARROW))
                        .findFirst()
                        .map(line -> names(line, ARROW))
                        .orElseThrow(() -> new AssertionError(file + " has no line with " + ARROW)),
                listed(file, lines, "nouns:"),
                listed(file, lines, "mathematics:"),
                listed(file, lines, "beside the flow:"),
                listed(file, lines, "outermost:"));
    }

    private static List<String> listed(Path file, List<String> lines, String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .map(line -> names(line.substring(start.length()), ","))
                .orElseThrow(() -> new AssertionError(file + " has no line that starts with '" + start + "'"));
    }

    private static List<String> names(String line, String separator) {
        return Arrays.stream(line.split(separator, -1)).map(String::strip).toList();
    }

    List<String> all() {
        return Stream.of(flow, nouns, mathematics, beside, outermost)
                .flatMap(List::stream)
                .toList();
    }

    /** The packages that {@code name} may use, itself included. */
    List<String> usableFrom(String name) {
        List<String> usable = new ArrayList<>(List.of(name));
        if (mathematics.contains(name)) {
            return usable;
        }
        usable.addAll(nouns);
        usable.addAll(mathematics);
        if (nouns.contains(name)) {
            return usable;
        }
        if (flow.contains(name)) {
            usable.addAll(flow.subList(0, flow.indexOf(name)));
            return usable;
        }
        usable.addAll(flow);
        if (outermost.contains(name)) {
            usable.addAll(beside);
            usable.addAll(outermost.subList(0, outermost.indexOf(name)));
        }
        return usable;
    }
}
