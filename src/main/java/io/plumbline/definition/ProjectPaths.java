package io.plumbline.definition;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths in definitions: relative ones start at the folder of {@code plumbline.yml}, whatever the working folder. */
final class ProjectPaths {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
    private static final Pattern SCHEMA = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)?");

    private final Path root;

    ProjectPaths(Path root) {
        this.root = root;
    }

    /** An absolute path, or the URI as it is; empty when the system knows no such path. */
    Optional<String> absolute(String path) {
        if (SCHEME.matcher(path).matches()) {
            return Optional.of(path);
        }
        try {
            return Optional.of(root.resolve(path).normalize().toString());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The folder that a warehouse's value names on this system; empty for URIs and schemas. */
    Optional<Path> localFolder(String value) {
        return isPath(value) && !SCHEME.matcher(value).matches()
                ? absolute(value).map(Path::of)
                : Optional.empty();
    }

    /** Whether a warehouse's value names the project's own folder. */
    boolean isRoot(String value) {
        return localFolder(value).filter(root::equals).isPresent();
    }

    private static boolean isPath(String value) {
        return value.contains("/")
                || value.startsWith(".")
                || SCHEME.matcher(value).matches();
    }

    /** A path when it holds a slash, begins with a dot or has a scheme; else a schema, or a catalog and schema. */
    Optional<Project.Warehouse> warehouse(String value) {
        if (isPath(value)) {
            return absolute(value).map(Project.Warehouse.Folder::new);
        }
        return SCHEMA.matcher(value).matches() ? Optional.of(new Project.Warehouse.Schema(value)) : Optional.empty();
    }
}
