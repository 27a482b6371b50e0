package io.plumbline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The definitions that the demo writes are those of {@code conf/demo}, with everything beside them. */
class DemoProjectTest {

    @TempDir
    private Path folder;

    @Test
    void writesEveryFileOfTheExample() throws IOException {
        DemoProject.create(folder.resolve("shop"));

        assertThat(names(folder.resolve("shop"))).containsExactlyElementsOf(names(Path.of("conf/demo")));
    }

    @Test
    void dataAndWarehouseAreBesideTheDefinitions() throws IOException {
        DemoProject.create(folder);

        assertThat(Files.readAllLines(folder.resolve("plumbline.yml")))
                .contains("warehouse: ./warehouse", "  data: \"" + DemoProject.data(folder) + "\"")
                .noneMatch(line -> line.contains("../../target"))
                .noneMatch(line -> line.startsWith("# yaml-language-server"));
        assertThat(DemoProject.data(folder)).isEqualTo(folder.toAbsolutePath().resolve("data"));
    }

    @Test
    void nothingElseIsChanged() throws IOException {
        DemoProject.create(folder);

        for (String file : List.of("sources.yml", "metrics.yml", "experiments.yml")) {
            List<String> example = Files.readAllLines(Path.of("conf/demo", file));
            assertThat(Files.readAllLines(folder.resolve(file))).isEqualTo(example.subList(1, example.size()));
        }
    }

    @Test
    void writingAgainIsTheSame() throws IOException {
        DemoProject.create(folder);
        String once = Files.readString(folder.resolve("metrics.yml"));
        DemoProject.create(folder);

        assertThat(folder.resolve("metrics.yml")).hasContent(once);
    }

    private static List<String> names(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }
}
