package io.plumbline.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the files of a valid project, they are a project, or what is wrong is said, a line for each. */
class MutilatedDefinitionsTest {

    private static final List<String> FILES = List.of(
            "plumbline.yml", "metrics.yml", "sources/events.yml", "sources/more.yaml", "experiments/ranking.yml");
    private static final String LETTERS = ":{}[],-&*!|>'\"%@`#?\n\t ~0x$(";

    @TempDir
    private Path folder;

    @Test
    void linesThatAreLostDoubledOrSwappedAndLettersThatAreAdded() throws IOException, URISyntaxException {
        Random random = new Random(20261001);
        int wrong = 0;
        for (int i = 0; i < 150; i++) {
            ProjectFolder project = new ProjectFolder(folder);
            String victim = FILES.get(random.nextInt(FILES.size()));
            for (String file : FILES) {
                project.with(file, file.equals(victim) ? mutilated(original(file), random) : original(file));
            }
            String said = project.complaints();
            wrong += said.isEmpty() ? 0 : 1;
            assertThat(said.lines())
                    .as(Files.readString(folder.resolve(victim)))
                    .allMatch(line -> line.matches("[a-z/]+\\.ya?ml:\\d+:\\d+: \\S.*"));
        }
        assertThat(wrong).isGreaterThan(75);
    }

    private static String original(String file) throws IOException, URISyntaxException {
        Path path = Path.of(
                MutilatedDefinitionsTest.class.getResource("complete/" + file).toURI());
        return Files.readString(path, StandardCharsets.UTF_8);
    }

    private static String mutilated(String text, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int line = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(other, lines.get(line));
            case 2 -> lines.set(line, lines.get(other));
            default -> {
                StringBuilder changed = new StringBuilder(lines.get(line));
                changed.insert(random.nextInt(changed.length() + 1), LETTERS.charAt(random.nextInt(LETTERS.length())));
                lines.set(line, changed.toString());
            }
        }
        return String.join("\n", lines);
    }
}
