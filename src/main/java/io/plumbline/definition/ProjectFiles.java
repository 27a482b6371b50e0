package io.plumbline.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the definition files of a project: every {@code *.yml} and {@code *.yaml} below its folder, sorted. Hidden folders
 * and the warehouse are skipped. Links are followed, each folder and file once, so that loops end.
 */
final class ProjectFiles {

    /** The file that makes a folder a project. */
    static final String SETTINGS = "plumbline.yml";

    private final Path root;
    private final Optional<Path> warehouse;
    private final Problems problems;
    private final Set<Path> seen = new HashSet<>();
    private final List<Path> files = new ArrayList<>();

    private ProjectFiles(Path root, Optional<Path> warehouse, Problems problems) {
        this.root = root;
        this.warehouse = warehouse;
        this.problems = problems;
    }

    /** All definition files but {@link #SETTINGS} itself; folders that cannot be listed are problems. */
    static List<Path> find(Path root, Optional<Path> warehouse, Problems problems) {
        ProjectFiles found = new ProjectFiles(root, warehouse, problems);
        found.seen.add(real(root.resolve(SETTINGS)));
        found.walk(root);
        Collections.sort(found.files);
        return found.files;
    }

    /** A file's path as messages show it. */
    static String relative(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private void walk(Path folder) {
        boolean tables = warehouse.filter(folder::equals).isPresent() && !folder.equals(root);
        if (tables || !seen.add(real(folder))) {
            return;
        }
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.sorted().forEach(entry -> {
                if (Files.isDirectory(entry)) {
                    folders.add(entry);
                } else if (isDefinition(entry) && seen.add(real(entry))) {
                    files.add(entry);
                }
            });
        } catch (IOException e) {
            problems.add(
                    new Place(relative(root, folder), 1, 1), "the folder cannot be listed; check that it may be read");
        }
        folders.stream().filter(child -> !name(child).startsWith(".")).forEach(this::walk);
    }

    private static boolean isDefinition(Path file) {
        String name = name(file);
        return !name.startsWith(".") && (name.endsWith(".yml") || name.endsWith(".yaml"));
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
