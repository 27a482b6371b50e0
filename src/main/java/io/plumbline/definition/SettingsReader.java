package io.plumbline.definition;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what {@code plumbline.yml} says of the whole project. */
final class SettingsReader {

    private static final String WAREHOUSE = "warehouse";
    private static final String DEFAULT_WAREHOUSE = "./warehouse";

    private final ProjectPaths paths;

    SettingsReader(ProjectPaths paths) {
        this.paths = paths;
    }

    /**
     * The project's variables, with the environment's values in place. A variable whose value is wrong is still known, so
     * that its uses are not reported as well.
     */
    static Variables variables(YamlNode settings, Map<String, String> environment, Problems problems) {
        Map<String, String> values = new LinkedHashMap<>();
        if (get(settings, "variables") instanceof YamlNode.Entries variables) {
            for (YamlNode.Entry entry : variables.entries()) {
                String name = entry.key().text();
                if (Variables.DATES.contains(name)) {
                    problems.add(
                            entry.key().place(),
                            "variables: " + Wording.quoted(name) + " is the name of a date of the run; rename it");
                } else if (entry.value() instanceof YamlNode.Scalar value) {
                    values.put(
                            name,
                            Variables.value(
                                    value.text(),
                                    environment,
                                    (offset, message) ->
                                            problems.add(value.at(offset), "variables." + name + ": " + message)));
                } else {
                    values.put(name, name);
                }
            }
        }
        return new Variables(values);
    }

    /** The folder that holds tables and no definitions, as far as it can be told before anything is checked. */
    Optional<Path> warehouseFolder(YamlNode settings, Variables variables) {
        String written = get(settings, WAREHOUSE) instanceof YamlNode.Scalar scalar ? scalar.text() : DEFAULT_WAREHOUSE;
        return paths.localFolder(
                variables.expand(written, (offset, message) -> {}).text());
    }

    /** Where tables are written. */
    Project.Warehouse warehouse(Fields settings, Checker checker) {
        String value = settings.optional(WAREHOUSE).orElse(DEFAULT_WAREHOUSE);
        if (paths.isRoot(value)) {
            checker.problem(
                    settings.place(WAREHOUSE),
                    WAREHOUSE,
                    "the project's own folder cannot hold tables; name one below it");
        }
        return paths.warehouse(value).orElseGet(() -> {
            String message = Wording.quoted(settings.written(WAREHOUSE))
                    + " is neither a path nor schema or catalog.schema" + "; begin a path with ./ or /";
            checker.problem(settings.place(WAREHOUSE), WAREHOUSE, message);
            return new Project.Warehouse.Schema(value);
        });
    }

    /** The project-wide settings. */
    static Settings settings(Fields project) {
        Optional<Fields> settings = project.fields("settings");
        return new Settings(
                settings.flatMap(given -> given.optional("alpha"))
                        .map(Literals::number)
                        .orElse(Settings.DEFAULT.alpha()),
                settings.flatMap(given -> given.optional("winsorize_relative_error"))
                        .map(Literals::number)
                        .orElse(Settings.DEFAULT.winsorizeRelativeError()),
                whole(settings, "breakdown_top_values").orElse(Settings.DEFAULT.breakdownTopValues()),
                whole(settings, "breakdown_min_units").orElse(Settings.DEFAULT.breakdownMinUnits()));
    }

    private static Optional<Integer> whole(Optional<Fields> settings, String key) {
        return settings.flatMap(given -> given.optional(key)).map(text -> (int) Literals.number(text));
    }

    private static @Nullable YamlNode get(YamlNode settings, String key) {
        return settings instanceof YamlNode.Entries entries ? entries.get(key).orElse(null) : null;
    }
}
