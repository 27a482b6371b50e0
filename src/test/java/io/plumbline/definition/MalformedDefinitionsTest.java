package io.plumbline.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake is answered in one line with its place, the offending value and the remedy: see malformed.txt. */
class MalformedDefinitionsTest {

    private static final String SAYS = "says";

    @TempDir
    private Path folder;

    /** A mistake: files by name, and what is said under {@value #SAYS}. */
    record Mistake(String title, Map<String, String> files) {
        String says() {
            return files.getOrDefault(SAYS, "").strip();
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static List<Mistake> mistakes() throws IOException {
        try (InputStream resource = MalformedDefinitionsTest.class.getResourceAsStream("malformed.txt")) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            List<Mistake> mistakes = new ArrayList<>();
            for (String part : text.split("(?m)^=== ", -1)) {
                mistakes.add(mistake(part));
            }
            return mistakes.subList(1, mistakes.size());
        }
    }

    private static Mistake mistake(String text) {
        String[] sections = text.split("(?m)^--- ", -1);
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 1; i < sections.length; i++) {
            int end = sections[i].indexOf('\n');
            String name = end < 0 ? sections[i] : sections[i].substring(0, end);
            files.put(name.strip(), end < 0 ? "" : sections[i].substring(end + 1));
        }
        return new Mistake(sections[0].strip(), files);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isAnsweredWithPlaceValueAndRemedy(Mistake mistake) {
        ProjectFolder project = ProjectFolder.valid(folder);
        mistake.files().forEach((file, text) -> {
            if (!file.equals(SAYS)) {
                project.with(file, text);
            }
        });
        String said = project.complaints().replace(folder.toString(), "FOLDER");
        assertThat(said).isEqualTo(mistake.says());
    }
}
