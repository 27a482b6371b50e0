package io.plumbline.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** One line of a file of reference values; lines beginning with # say which program made them. */
record FixtureRow(Map<String, String> cells) {

    static Stream<FixtureRow> read(String file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(FixtureRow.class.getResourceAsStream(file), file), UTF_8))) {
            List<String[]> lines = reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .toList();
            return lines.stream().skip(1).map(line -> row(lines.get(0), line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String column) {
        return Objects.requireNonNull(cells.get(column), column);
    }

    double number(String column) {
        return Double.parseDouble(text(column));
    }

    double[] numbers(String column) {
        return Arrays.stream(text(column).split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Override
    public String toString() {
        return cells.values().iterator().next();
    }

    private static FixtureRow row(String[] header, String[] line) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int column = 0; column < header.length; column++) {
            cells.put(header[column], line[column]);
        }
        return new FixtureRow(cells);
    }
}
