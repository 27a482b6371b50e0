package io.plumbline.benchmark;

import io.plumbline.report.TextTable;
import io.plumbline.report.TextTable.Align;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What was found, for people and for programs.
 *
 * @param size what was measured
 * @param machine where
 * @param ratios in the order of the goals
 */
record Report(Size size, String machine, List<Ratio> ratios) {

    private static final List<String> HEAD = List.of("cost of", "CPU", "wall", "goal", "", "seconds");

    static String thisMachine() {
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "%d cores, %d MiB heap, Java %s",
                runtime.availableProcessors(),
                runtime.maxMemory() >> 20,
                Runtime.version());
    }

    private static List<String> cells(Ratio ratio) {
        return List.of(
                ratio.what(),
                Ratio.number(ratio.cpu()),
                Ratio.number(ratio.wall()),
                ratio.goal().text(),
                ratio.verdict(),
                ratio.detail());
    }

    /** The table, as wide as it has to be. */
    String text() {
        TextTable table = new TextTable(
                HEAD,
                List.of(Align.LEFT_WHOLE, Align.RIGHT, Align.RIGHT, Align.LEFT_WHOLE, Align.LEFT, Align.LEFT_WHOLE));
        ratios.forEach(ratio -> table.add(cells(ratio)));
        return size + "\n" + machine + "\n\n" + String.join("\n", table.lines(Integer.MAX_VALUE)) + "\n";
    }

    String markdown() {
        String rows = ratios.stream()
                .map(ratio -> "| " + String.join(" | ", cells(ratio)) + " |\n")
                .collect(Collectors.joining());
        return "# Benchmark\n\n" + size + "; " + machine + "\n\n| " + String.join(" | ", HEAD)
                + " |\n|---|---|---|---|---|---|\n" + rows;
    }

    String json() {
        String rows = ratios.stream()
                .map(ratio -> String.format(
                        Locale.ROOT,
                        "  {\"cost_of\": \"%s\", \"cpu\": %s, \"wall\": %s, \"goal\": \"%s\", \"verdict\": \"%s\", "
                                + "\"seconds\": \"%s\"}",
                        ratio.what(),
                        ratio.cpu(),
                        ratio.wall(),
                        ratio.goal().text(),
                        ratio.verdict(),
                        ratio.detail()))
                .collect(Collectors.joining(",\n"));
        return "{\"size\": \"" + size + "\", \"machine\": \"" + machine + "\", \"ratios\": [\n" + rows + "\n]}\n";
    }

    /** Writes {@code benchmark-<size>.md} and {@code .json}. */
    void write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("benchmark-" + size.name() + ".md"), markdown());
            Files.writeString(folder.resolve("benchmark-" + size.name() + ".json"), json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
