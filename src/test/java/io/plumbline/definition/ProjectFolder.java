package io.plumbline.definition;

import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small valid project in a temporary folder, to be changed by a test. */
record ProjectFolder(Path root) {

    static final Map<String, String> ENVIRONMENT = Map.of("SECRET", "s3cr3t sauce", "TABLE", "s3cr3t.a.b.c");

    private static final String PLUMBLINE = """
            version: 1
            project: shop
            unit_types: [user_id, device_id]
            variables: {data: ./data}
            """;

    private static final String SOURCES = """
            metric_sources:
              - {name: events, table: shop.events, timestamp: at, units: {user_id: id}}
            assignment_sources:
              - name: exposures
                table: shop.exposures
                timestamp: at
                experiment: test
                group: arm
                units: {user_id: id}
                properties: [country, platform]
            """;

    static ProjectFolder valid(Path root) {
        return new ProjectFolder(root).with("plumbline.yml", PLUMBLINE).with("sources.yml", SOURCES);
    }

    ProjectFolder with(String file, String text) {
        return with(file, text.getBytes(StandardCharsets.UTF_8));
    }

    ProjectFolder with(String file, byte[] bytes) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Project load() {
        return ProjectLoader.load(root, ENVIRONMENT, new SparkGrammar());
    }

    /** The whole message, empty when the project is valid. */
    String complaints() {
        try {
            load();
            return "";
        } catch (DefinitionException e) {
            return e.getMessage();
        }
    }
}
