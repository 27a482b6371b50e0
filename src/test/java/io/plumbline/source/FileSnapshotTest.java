package io.plumbline.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.InterpretingTest;
import io.plumbline.metric.DatePartition;
import io.plumbline.metric.FileFormat;
import io.plumbline.metric.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the names, sizes and times of files tell of the days that were read of them. The source has a folder for each day. */
class FileSnapshotTest extends InterpretingTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
    private static final LocalDate SECOND = FIRST.plusDays(1);
    private static final String FIRST_A = "ds=2026-01-01/a.csv";
    private static final String SECOND_A = "ds=2026-01-02/a.csv";

    @TempDir
    Path folder;

    @BeforeEach
    void twoDays() {
        write(FIRST_A, "1", 10);
        write(SECOND_A, "1", 10);
    }

    @Test
    void aDayIsTheSameUntilAFileOfItsOwnComes() {
        Snapshot before = look();
        write("ds=2026-01-02/b.csv", "2", 20);
        Snapshot now = look();

        assertThat(now.since(FIRST, before.fingerprint(FIRST))).isEqualTo(Snapshot.Freshness.SAME);
        assertThat(now.since(SECOND, before.fingerprint(SECOND))).isEqualTo(Snapshot.Freshness.CHANGED);
        assertThat(added(now, before, FIRST)).isEmpty();
        assertThat(added(now, before, SECOND)).contains(Set.of("b.csv"));
    }

    @Test
    void filesThatCameAreKnownHoweverManyThereAreAndFromTheFirstOn() {
        Snapshot before = look();
        write("ds=2026-01-02/c.csv", "2", 20);
        write("ds=2026-01-02/b.csv", "2", 30);
        write("ds=2026-01-03/b.csv", "2", 30);
        Snapshot now = look();

        assertThat(added(now, before, SECOND)).contains(Set.of("b.csv", "c.csv"));
        assertThat(added(now, before, SECOND.plusDays(1))).contains(Set.of("b.csv"));
    }

    /** A file with an older time may have been there, and one that has another size or time was written anew. */
    @Test
    void whereAnythingElseMayHaveChangedNoFileCanBeReadAlone() throws IOException {
        Snapshot before = look();
        write("ds=2026-01-02/old.csv", "2", 5);
        assertThat(added(look(), before, SECOND)).isEmpty();

        write(FIRST_A, "1", 20);
        write("ds=2026-01-01/b.csv", "1", 30);
        assertThat(added(look(), before, FIRST)).isEmpty();

        write(FIRST_A, "11", 10);
        assertThat(added(look(), before, FIRST)).isEmpty();

        Files.delete(folder.resolve(FIRST_A));
        assertThat(added(look(), before, FIRST)).isEmpty();
        assertThat(look().added(FIRST, "delta:x:1")).isEmpty();
    }

    @Test
    void namesThatSparkTakesForPatternsAreReadWithAllOthers() {
        Snapshot before = look();
        write("ds=2026-01-02/b[1].csv", "2", 20);
        assertThat(added(look(), before, SECOND)).isEmpty();
    }

    /** Files come all day long; the days before stay known. */
    @Test
    void ofADayToWhichAFileCameAfterTheLookNothingIsTold() {
        Snapshot before = look();
        assertThat(before.tellsOf(all())).accepts(FIRST, SECOND);

        write("ds=2026-01-02/b.csv", "2", 20);
        assertThat(before.tellsOf(all())).accepts(FIRST).rejects(SECOND);
        assertThat(before.tellsOf(spark().read().csv(folder.resolve(FIRST_A).toString())))
                .accepts(FIRST, SECOND);

        write("ds=unknown/b.csv", "2", 20);
        assertThat(before.tellsOf(all())).rejects(FIRST, SECOND);
    }

    /** A file without a byte has no rows and says nothing. */
    @Test
    void emptyFilesAreKnown() {
        Snapshot before = look();
        write("ds=2026-01-02/empty.csv", "", 20);
        assertThat(look().since(SECOND, before.fingerprint(SECOND))).isEqualTo(Snapshot.Freshness.SAME);
        assertThat(look().tellsOf(all())).accepts(FIRST, SECOND);
    }

    /** A file of one scan that was read with a day of the other would be read twice. */
    @Test
    void daysAreReadTogetherUnlessAFileOfOneWasReadWithTheOther() {
        AddedFiles late = new AddedFiles(Set.of("b", "c"), Set.of("a"));
        assertThat(late.and(new AddedFiles(Set.of("e"), Set.of("d"))))
                .contains(new AddedFiles(Set.of("b", "c", "e"), Set.of("a", "d")));
        assertThat(late.and(new AddedFiles(Set.of("c"), Set.of("a", "b")))).isEmpty();
    }

    private static Optional<Set<String>> added(Snapshot now, Snapshot before, LocalDate day) {
        return now.added(day, before.fingerprint(day))
                .map(added -> added.files().stream()
                        .map(path -> path.substring(path.lastIndexOf('/') + 1))
                        .collect(Collectors.toSet()));
    }

    private Dataset<Row> all() {
        return spark().read().csv(folder.toString());
    }

    private Snapshot look() {
        return FileSnapshot.of(
                spark(),
                new Location.Files(folder.toString(), FileFormat.CSV, Map.of(), Optional.of("user STRING")),
                Optional.of(new PartitionDays(new DatePartition("ds", Optional.empty()), ZoneOffset.UTC)));
    }

    private void write(String name, String text, int second) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            Files.setLastModifiedTime(
                    file, FileTime.from(Instant.parse("2026-01-05T00:00:00Z").plusSeconds(second)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
