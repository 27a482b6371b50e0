package io.plumbline;

import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** A shipped project's definitions in a folder of their own, so that its tables are written there too. */
public final class ProjectCopy {

    private ProjectCopy() {}

    /** Copies the definitions to {@code folder/<parent>/<name>} and loads them. */
    public static Project of(String definitions, Path folder, Map<String, String> environment) {
        Path target = folder.resolve(definitions);
        try (Stream<Path> files = Files.list(Path.of(definitions))) {
            Files.createDirectories(target);
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ProjectLoader.load(target, environment, new SparkGrammar());
    }
}
