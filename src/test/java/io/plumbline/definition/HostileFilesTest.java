package io.plumbline.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, reading it ends soon, and in one line. */
@Timeout(20)
class HostileFilesTest {

    private static final Duration BOUND = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @Test
    void aliasesThatMultiply() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(9) + "*a" + (i - 1)));
        }
        assertThat(said(bomb.toString())).isEqualTo("x.yml:6:10: aliases make more than 200000 values of this file");
    }

    @Test
    void aliasWithinItself() {
        assertThat(said("metrics: &a [*a]\n")).isEqualTo("x.yml:1:14: no anchor '&a' is complete before this alias");
    }

    @Test
    void deepNesting() {
        assertThat(said("metrics: " + "[".repeat(100_000)))
                .isEqualTo("x.yml:1:60: values are nested more than 50 deep");
        assertThat(said("metrics: " + "{a: ".repeat(100_000)))
                .isEqualTo("x.yml:1:207: values are nested more than 50 deep");
    }

    @Test
    void manyValues() {
        assertThat(said("metrics: [" + "x, ".repeat(300_000) + "x]"))
                .isEqualTo("x.yml:1:600002: the file holds more than 200000 values; split it");
    }

    @Test
    void hugeFile() {
        assertThat(said("# " + "x".repeat(5 << 20))).isEqualTo("x.yml:1:1: the file is larger than 4 MiB; split it");
    }

    @Test
    void deepSql() {
        String filters = "metrics: [{name: a, type: count, source: events, filters: [{sql: \"%s\"}]}]\n";
        assertThat(said(filters.formatted("(".repeat(10_000))))
                .isEqualTo("x.yml:1:107: sql: '(' is nested more than 40 deep");
        assertThat(said(filters.formatted("not ".repeat(4_000) + "a")))
                .as("depends on the size of the stack")
                .matches("|x.yml:1:67: sql: 'not not .*…' is nested too deeply; put parts of it into `columns`");
        assertThat(said(filters.formatted("a = 1 or ".repeat(2_000) + "a = 2"))).isEmpty();
        assertThat(said(filters.formatted("a = 1 or ".repeat(3_000) + "a = 2")))
                .matches(
                        "x.yml:1:67: sql: 'a = 1 or .*…' has more than 20000 characters; put parts of it into `columns`");
    }

    @Test
    void tabs() {
        assertThat(said("metrics:\n\t- {name: a}\n"))
                .isEqualTo("x.yml:2:1: not valid YAML: a tab cannot indent; use spaces");
    }

    @Test
    void bytesThatAreNotText() {
        assertThat(said(new byte[] {'a', ':', '\n', ' ', 0, 1, 2}))
                .isEqualTo("x.yml:2:2: the character U+0000 is not text; remove it");
        assertThat(said("metrics: [é]".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("x.yml:1:11: not UTF-8 text; save the file as UTF-8");
        assertThat(said("metrics: []".getBytes(StandardCharsets.UTF_16)))
                .isEqualTo("x.yml:1:1: not UTF-8 text; save the file as UTF-8");
    }

    @Test
    void byteOrderMarkAndLineEndsOfWindowsAreFine() {
        assertThat(said("\uFEFFmetrics:\r\n  - {name: a, type: count, source: evnts}\r\n"))
                .isEqualTo("x.yml:2:36: source: no metric source 'evnts' is defined; did you mean 'events'?");
    }

    @Test
    void placesAreCountedInCharacters() {
        assertThat(said("metrics: [{description: \"🙂\", name: a, type: sum, source: events, value: \"'🙂' || + )\"}]"))
                .isEqualTo("x.yml:1:83: value: ')' is not expected here");
    }

    @Test
    void linksThatLeadInCircles() throws IOException {
        ProjectFolder project = ProjectFolder.valid(folder);
        Files.createDirectories(folder.resolve("a/b"));
        Files.createSymbolicLink(folder.resolve("a/b/up"), folder);
        Files.createSymbolicLink(folder.resolve("a/self.yml"), folder.resolve("sources.yml"));
        assertThat(project.complaints()).isEmpty();
    }

    @Test
    void linkThatLeadsNowhere() throws IOException {
        Files.createSymbolicLink(folder.resolve("gone.yml"), folder.resolve("nowhere.yml"));
        assertThat(ProjectFolder.valid(folder).complaints())
                .isEqualTo("gone.yml:1:1: cannot be read: not a file, or a link that leads nowhere");
    }

    @Test
    void hiddenFoldersAndTheWarehouseAreNotLookedAt() {
        ProjectFolder project = ProjectFolder.valid(folder)
                .with(".git/x.yml", "[")
                .with("a/.x.yml", "[")
                .with("warehouse/x.yml", "[")
                .with("a/x.txt", "[");
        assertThat(project.complaints()).isEmpty();
    }

    @Test
    void noProject() {
        assertThatThrownBy(() -> ProjectLoader.load(folder, Map.of(), new SparkGrammar()))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("plumbline.yml:1:1: there is no such file in " + folder + "; name the folder of a project");
    }

    private String said(String text) {
        return said(text.getBytes(StandardCharsets.UTF_8));
    }

    private String said(byte[] bytes) {
        long start = System.nanoTime();
        String complaints = ProjectFolder.valid(folder).with("x.yml", bytes).complaints();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
        return complaints;
    }
}
