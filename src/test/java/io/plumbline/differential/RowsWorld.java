package io.plumbline.differential;

import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A random project of {@link RowsCase}s over random files. */
record RowsWorld(ProjectText text, List<RowsCase> cases) {

    static RowsWorld of(long seed, int number, BiFunction<Integer, Dice, RowsCase> type) {
        World world = World.of(seed);
        Dice dice = new Dice(seed + 2000);
        List<RowsCase> cases =
                IntStream.range(0, number).mapToObj(i -> type.apply(i, dice)).toList();
        List<String> all = cases.stream().map(RowsCase::name).toList();
        List<String> some = all.stream().filter(name -> dice.chance(0.5)).toList();
        List<String> ofDevices = cases.stream()
                .filter(metric -> !metric.usesVisits())
                .map(RowsCase::name)
                .filter(name -> dice.chance(0.4))
                .toList();
        List<String> both = List.of("cumulative", "daily");
        List<String> two = Traps.GROUPS.subList(0, 2);
        List<Trial> trials = List.of(
                new Trial("whole", "user_id", world.day(0), null, two, "exclude", all, List.of("platform"), both),
                new Trial(
                        "later",
                        "user_id",
                        world.day(1),
                        world.lastDay(),
                        Traps.GROUPS,
                        "first_group",
                        some,
                        List.of("home", "platform"),
                        both),
                new Trial("devices", "device_id", world.day(1), null, two, "exclude", ofDevices, List.of(), both));
        return new RowsWorld(new ProjectText(world, List.of(), trials), cases);
    }

    World world() {
        return text.world();
    }

    /** Writes the files. */
    void write(Path data) {
        RandomFiles.write(world(), RandomRows.of(world(), text.trials()), data);
    }

    /** Writes {@code plumbline.yml} into a folder and loads it. */
    Project load(Path folder, Path data) {
        String definitions = text.beforeDefinitions(data) + "metrics:\n"
                + cases.stream().map(RowsCase::yaml).collect(Collectors.joining()) + "experiments:\n"
                + text.trials().stream().map(Trial::yaml).collect(Collectors.joining());
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("plumbline.yml"), definitions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ProjectLoader.load(folder, Map.of(), new SparkGrammar());
    }
}
