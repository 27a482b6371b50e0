package io.plumbline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.definition.SchemaUse;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.View;
import io.plumbline.metric.Filter;
import io.plumbline.metric.FilterOp;
import io.plumbline.metric.Metric;
import io.plumbline.metric.MetricSource;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.UnitValue;
import io.plumbline.source.DayRange;
import io.plumbline.source.Sources;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's definitions are valid, show everything there is, and fit the shop. */
class DemoDefinitionsTest extends SparkTest {

    /** Keys that the demo cannot show, and why. */
    private static final Map<String, String> NOT_SHOWN = Map.of(
            "source.table", "the demo's tables are in no catalog",
            "source.options", "no file of the demo needs any; conf/cdnow",
            "source.schema", "no file of the demo lacks one; conf/cdnow");

    @TempDir
    private Path folder;

    private Project project;

    @BeforeEach
    void load() {
        DemoProject.create(folder);
        project = ProjectLoader.load(folder, Map.of(), new SparkGrammar());
    }

    @Test
    void theExampleItselfIsValid() {
        Project example = ProjectLoader.load(Path.of("conf/demo"), Map.of(), new SparkGrammar());

        assertThat(example.metrics().keySet()).isEqualTo(project.metrics().keySet());
    }

    @Test
    void everyTypeRollupAndComparisonIsShown() {
        assertThat(project.metrics().values().stream()
                        .<Class<?>>map(Metric::getClass)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Metric.class.getPermittedSubclasses());
        assertThat(sides().map(UnitValue::rollup)).contains(Rollup.Plain.values());
        assertThat(sides().flatMap(side -> side.component().rows().filters().stream())
                        .flatMap(DemoDefinitionsTest::flattened)
                        .flatMap(filter -> filter instanceof Filter.Comparison comparison
                                ? Stream.of(comparison.op())
                                : Stream.empty())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(FilterOp.values());
        assertThat(sides().flatMap(side -> side.component().rows().filters().stream())
                        .<Class<?>>map(Object::getClass)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Filter.class.getPermittedSubclasses());
    }

    /** Every key is used; every named value is used or said in a comment. */
    @Test
    void everyKeyOfTheSchemaIsShown() throws IOException {
        List<Path> files = Stream.of("plumbline", "sources", "metrics", "experiments")
                .map(name -> Path.of("conf/demo", name + ".yml"))
                .toList();
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(Files.readString(file));
        }
        Set<String> missing = new TreeSet<>(SchemaUse.keys());
        missing.removeAll(SchemaUse.of(files).used());
        missing.removeIf(key -> key.contains(": ")
                && Pattern.compile("\\b" + key.substring(key.indexOf(": ") + 2) + "\\b")
                        .matcher(text)
                        .find());
        assertThat(missing).isEqualTo(NOT_SHOWN.keySet());
    }

    @Test
    void everyViewIsShown() {
        assertThat(project.experiments().values().stream()
                        .flatMap(experiment -> experiment.views().stream())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(View.values());
    }

    @Test
    void everyKnownEffectIsMeasured() {
        for (PlantedEffect effect : PlantedEffects.all()) {
            Experiment experiment = project.experiments().get(effect.experiment());
            assertThat(experiment.metrics()).as(effect.experiment()).containsKey(effect.metric());
            assertThat(experiment.groups()).extracting(group -> group.name()).contains(effect.group());
        }
    }

    @Test
    void noMetricIsLeftOver() {
        assertThat(project.experiments().values().stream()
                        .flatMap(experiment -> experiment.metrics().keySet().stream())
                        .collect(Collectors.toSet()))
                .isEqualTo(project.metrics().keySet());
    }

    @Test
    void sourcesReadWhatTheShopWrites() {
        ShopSettings settings = ShopSettings.DEFAULT.withVisitors(200);
        LocalDate first = settings.firstDay();
        new Shop(spark(), settings).write(DemoProject.data(folder), first);
        SparkSession session = spark().newSession();
        session.conf().set("spark.sql.session.timeZone", project.zone().getId());
        Sources sources = new Sources(session, project.zone());
        for (MetricSource source : project.metricSources().values()) {
            assertThat(sources.read(source, new DayRange(first, first)).count())
                    .as(source.name())
                    .isPositive();
            assertThat(sources.read(source, new DayRange(first.plusDays(1), first.plusDays(1)))
                            .count())
                    .as(source.name())
                    .isZero();
        }
    }

    private Stream<UnitValue> sides() {
        return project.metrics().values().stream().flatMap(metric -> metric.sides().stream());
    }

    private static Stream<Filter> flattened(Filter filter) {
        return filter instanceof Filter.AnyOf any
                ? any.filters().stream().flatMap(DemoDefinitionsTest::flattened)
                : Stream.of(filter);
    }
}
