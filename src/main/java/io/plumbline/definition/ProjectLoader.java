package io.plumbline.definition;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads a project: {@code plumbline.yml} and every other {@code *.yml} and {@code *.yaml} below its folder. Hidden folders
 * and the warehouse are skipped.
 */
public final class ProjectLoader {

    private final Path root;
    private final Map<String, String> environment;
    private final SqlCheck sql;
    private final Problems problems = new Problems();
    private final Names names = new Names();

    private ProjectLoader(Path root, Map<String, String> environment, SqlCheck sql) {
        this.root = root.toAbsolutePath().normalize();
        this.environment = environment;
        this.sql = sql;
    }

    /**
     * The project of a folder. Takes bounded time and memory, whatever the files hold, and reads no data.
     *
     * @param folder the folder that holds {@code plumbline.yml}
     * @param environment what {@code ${NAME}} in the values of variables refers to; never shown in messages
     * @param sql checks expressions and queries
     * @throws DefinitionException with everything that is wrong, when anything is
     */
    public static Project load(Path folder, Map<String, String> environment, SqlCheck sql) {
        return new ProjectLoader(folder, environment, sql).load();
    }

    private Project load() {
        Path settingsFile = root.resolve(ProjectFiles.SETTINGS);
        if (!Files.exists(settingsFile)) {
            problems.add(
                    new Place(ProjectFiles.SETTINGS, 1, 1),
                    "there is no such file in " + root + "; name the folder of a project");
            throw new DefinitionException(problems.all());
        }
        Optional<YamlNode> settings = YamlFile.read(settingsFile, ProjectFiles.SETTINGS, problems);
        // Without its variables and unit types, nothing else can be judged.
        YamlNode project = settings.orElseThrow(() -> new DefinitionException(problems.all()));
        Variables variables = SettingsReader.variables(project, environment, problems);
        Map<String, YamlNode> files = files(project, variables);
        files.values().forEach(file -> names.collect(file, problems));
        Checker checker = new Checker(problems, names, variables, sql);
        files.forEach((file, node) -> checker.check(node, Kinds.shaped(shape(file)), "file"));
        Optional<Project> read = project instanceof YamlNode.Entries entries
                ? Optional.of(new ProjectReader(root, checker, List.copyOf(files.values()))
                        .read(new Fields(checker, entries)))
                : Optional.empty();
        if (!problems.isEmpty()) {
            throw new DefinitionException(problems.all());
        }
        return read.orElseThrow();
    }

    private Map<String, YamlNode> files(YamlNode project, Variables variables) {
        Map<String, YamlNode> files = new LinkedHashMap<>();
        files.put(ProjectFiles.SETTINGS, project);
        ProjectPaths paths = new ProjectPaths(root);
        Optional<Path> warehouse = new SettingsReader(paths).warehouseFolder(project, variables);
        for (Path path : ProjectFiles.find(root, warehouse, problems)) {
            String file = ProjectFiles.relative(root, path);
            YamlFile.read(path, file, problems).ifPresentOrElse(node -> files.put(file, node), names::incomplete);
        }
        return files;
    }

    private static Shape shape(String file) {
        return file.equals(ProjectFiles.SETTINGS) ? ProjectShapes.PROJECT : ProjectShapes.DEFINITIONS;
    }
}
