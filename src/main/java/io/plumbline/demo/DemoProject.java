package io.plumbline.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The definitions that go with {@link Shop}, as files that people can read and change.
 *
 * <p>They are those of {@code conf/demo}, with data and warehouse beside them, and without the line that names the schema
 * for editors, which is not there.
 */
public final class DemoProject {

    private static final List<String> FILES = List.of("plumbline.yml", "sources.yml", "metrics.yml", "experiments.yml");
    private static final String DATA = "${PLUMBLINE_DEMO_DATA:-../../target/demo/data}";
    private static final String WAREHOUSE = "../../target/demo/warehouse";
    private static final String SCHEMA = "# yaml-language-server:";

    private DemoProject() {}

    /**
     * Writes the definitions into a folder, in place of older ones of the same name. Their data is {@link #data(Path)},
     * their warehouse the folder {@code warehouse} beside them.
     *
     * @param folder made if need be
     * @throws UncheckedIOException if the folder cannot be written
     */
    public static void create(Path folder) {
        try {
            Files.createDirectories(folder);
            for (String file : FILES) {
                Files.writeString(folder.resolve(file), adapted(text(file), folder));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "cannot write the demo's definitions to " + folder + ": " + failure.getMessage(), failure);
        }
    }

    /** Where the definitions in a folder expect the log that {@link Shop} writes. */
    public static Path data(Path folder) {
        return folder.toAbsolutePath().normalize().resolve("data");
    }

    private static String adapted(String text, Path folder) {
        return text.lines()
                .filter(line -> !line.startsWith(SCHEMA))
                .map(line -> line.replace(DATA, quotable(data(folder))).replace(WAREHOUSE, "./warehouse"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** As it stands between double quotes in YAML. */
    private static String quotable(Path path) {
        return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String text(String file) throws IOException {
        try (InputStream in = DemoProject.class.getResourceAsStream("definitions/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
