package io.plumbline.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped schema is the generated one; it accepts what the loader accepts and refuses what an editor can see. */
class JsonSchemaTest {

    private static final Path SHIPPED = Path.of("conf/schema/plumbline.schema.json");
    private static final String MODELINE = "# yaml-language-server: $schema=../schema/plumbline.schema.json";

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(JsonSchema.text(), InputFormat.JSON);

    @Test
    void theShippedSchemaIsTheGeneratedOne() throws IOException {
        String generated = JsonSchema.text();
        if (Boolean.getBoolean("plumbline.write")) {
            Files.createDirectories(SHIPPED.getParent());
            Files.writeString(SHIPPED, generated);
        }
        assertThat(SHIPPED)
                .as("written anew by: mvn test -Dtest=JsonSchemaTest -Dplumbline.write=true")
                .hasContent(generated);
    }

    static List<Path> valid() throws IOException, URISyntaxException {
        Path complete = Path.of(JsonSchemaTest.class
                        .getResource("complete/plumbline.yml")
                        .toURI())
                .getParent();
        return Stream.concat(definitions(complete).stream(), definitions(Path.of("conf")).stream())
                .toList();
    }

    private static List<Path> definitions(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void acceptsTheFilesOfAValidProject(Path file) throws IOException {
        assertThat(schema.validate(Files.readString(file), InputFormat.YAML)).isEmpty();
    }

    @Test
    void shippedDefinitionsNameIt() throws IOException {
        for (Path file : definitions(Path.of("conf"))) {
            assertThat(Files.readAllLines(file).get(0)).as(file.toString()).isEqualTo(MODELINE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metric: []",
                "metrics: [{name: a, type: cuont, source: b}]",
                "metrics: [{name: A, type: count, source: b}]",
                "metrics: [{name: a, type: count, source: b, value: c}]",
                "metrics: [{name: a, type: sum, source: b}]",
                "metrics: [{name: a, type: count, source: b, cohort_window: {to: 7}}]",
                "metrics: [{name: a, type: count, source: b, threshold: {at_least: 1, more_than: 1}}]",
                "metrics: [{name: a, type: count, source: b, filters: [{column: c}]}]",
                "metrics: [{name: a, type: count, source: b, filters: [{any_of: [{op: eq}]}]}]",
                "metrics: [{name: a, type: ratio, numerator: {type: mean, source: b}, denominator: {type: count, source: b}}]",
                "metric_sources: [{name: a, timestamp: b, units: {c: d}}]",
                "metric_sources: [{name: a, table: b, format: csv, timestamp: b, units: {c: d}}]",
                "metric_sources: [{name: a, table: b, timestamp: b, units: {}}]",
                "experiments: [{name: a, assignment_source: b, unit: c, start: 2026-1-1, groups: [{name: a}, {name: b}]}]",
                "experiments: [{name: a, assignment_source: b, unit: c, start: 2026-01-01, groups: [{name: a}]}]",
                "version: 1",
                "{version: 2, project: a, unit_types: [b]}",
                "time_zone: UTC",
                "[]",
            })
    void refusesWhatAnEditorCanSee(String text) {
        assertThat(schema.validate(text, InputFormat.YAML)).isNotEmpty();
    }
}
