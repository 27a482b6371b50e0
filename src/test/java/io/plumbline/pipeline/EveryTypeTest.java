package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.experiment.Experiment;
import io.plumbline.metric.Metric;
import io.plumbline.metric.RetentionMetric;
import io.plumbline.plan.MetricSql;
import io.plumbline.plan.MetricText;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A metric type is complete when it has scenarios, an example in the demo, words and SQL, and a daily series. */
class EveryTypeTest {

    private static final Path SCENARIOS = Path.of("src/test/resources/io/plumbline/pipeline");

    static Stream<Class<?>> types() {
        return Arrays.stream(Metric.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("types")
    void has_scenarios(Class<?> type) throws IOException {
        assertThat(classes(scenarios())).contains(type);
    }

    @ParameterizedTest
    @MethodSource("types")
    void has_an_example_in_the_demo(Class<?> type) {
        assertThat(classes(Stream.of(demo()))).contains(type);
    }

    @ParameterizedTest
    @MethodSource("types")
    void is_explained_in_words_and_in_sql(Class<?> type) {
        Project demo = demo();
        for (Metric metric : demo.metrics().values()) {
            if (type.isInstance(metric)) {
                Experiment user = demo.experiments().values().stream()
                        .filter(e -> e.metrics().containsKey(metric.name()))
                        .findFirst()
                        .orElseThrow();
                assertThat(MetricText.of(demo, metric)).contains("type", "group mean");
                List<String> sql =
                        MetricSql.statements(demo, metric, user, user.period().start());
                assertThat(sql.get(sql.size() - 1)).contains("SELECT", "GROUP BY group_name");
            }
        }
    }

    @Test
    void has_a_daily_series_unless_it_speaks_of_several_days_of_a_unit_in_an_experiment() {
        Set<Class<?>> without = demo().metrics().values().stream()
                .filter(metric -> !metric.hasDailyValue())
                .map(Metric::getClass)
                .collect(Collectors.toSet());
        assertThat(without).isEqualTo(Set.of(RetentionMetric.class));
    }

    private static Set<Class<?>> classes(Stream<Project> projects) {
        return projects.flatMap(project -> project.metrics().values().stream())
                .map(Metric::getClass)
                .collect(Collectors.toSet());
    }

    private static Project demo() {
        return ProjectLoader.load(Path.of("conf/demo"), Map.of(), new SparkGrammar());
    }

    private static Stream<Project> scenarios() throws IOException {
        try (Stream<Path> folders = Files.list(SCENARIOS)) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("plumbline.yml")))
                    .map(folder -> ProjectLoader.load(folder, Map.of(), new SparkGrammar()))
                    .toList()
                    .stream();
        }
    }
}
