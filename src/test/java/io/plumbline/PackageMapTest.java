package io.plumbline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The code keeps to the package map that README.md and the root package's description print. */
class PackageMapTest {

    private static final String ROOT = "io.plumbline";
    private static final Path PACKAGE_INFO = Path.of("src/main/java/io/plumbline/package-info.java");
    private static final Path README = Path.of("README.md");

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void the_readme_and_the_root_package_print_the_same_map() throws IOException {
        assertThat(PackageMap.read(README)).isEqualTo(PackageMap.read(PACKAGE_INFO));
    }

    @Test
    void every_package_is_on_the_map() throws IOException {
        rules(ROOT).onTheMap().check(PRODUCTION);
    }

    @Test
    void no_arrow_runs_back() throws IOException {
        rules(ROOT).arrowsRunForward().check(PRODUCTION);
    }

    @Test
    void no_packages_use_each_other() throws IOException {
        rules(ROOT).noCycles().check(PRODUCTION);
    }

    @Test
    void definitions_plans_mathematics_and_reports_do_not_know_spark() throws IOException {
        rules(ROOT).withoutSpark().check(PRODUCTION);
    }

    @Test
    void what_a_package_may_use_follows_from_its_place() throws IOException {
        PackageMap map = PackageMap.read(PACKAGE_INFO);
        assertThat(map.usableFrom("statistics")).containsExactly("statistics");
        assertThat(map.usableFrom("metric")).containsOnly("metric", "experiment", "statistics");
        assertThat(map.usableFrom("plan"))
                .containsExactlyInAnyOrder("plan", "definition", "metric", "experiment", "statistics");
        assertThat(map.usableFrom("ingest")).contains("warehouse", "report").doesNotContain("explore", "pipeline");
        assertThat(map.usableFrom("pipeline")).contains("report", "explore").doesNotContain("cli", "demo");
        assertThat(map.usableFrom("cli")).containsExactlyInAnyOrderElementsOf(map.all());
    }

    @Test
    void a_plan_that_knows_its_source_is_found() throws IOException {
        assertBroken("backward", rules(ROOT + ".fixture.backward").arrowsRunForward(), "Plan", "Source");
    }

    @Test
    void a_cycle_is_found() throws IOException {
        assertBroken("cycle", rules(ROOT + ".fixture.cycle").noCycles(), "Cycle detected", "demo");
    }

    @Test
    void a_metric_that_knows_spark_is_found() throws IOException {
        assertBroken("spark", rules(ROOT + ".fixture.spark").withoutSpark(), "SparkMetric", "Column");
    }

    @Test
    void a_package_without_a_place_is_found() throws IOException {
        assertBroken("unknown", rules(ROOT + ".fixture.unknown").onTheMap(), "leftovers is not on the map");
    }

    private static void assertBroken(String fixture, ArchRule rule, String... words) {
        JavaClasses classes = new ClassFileImporter().importPackages(ROOT + ".fixture." + fixture);
        assertThat(classes).isNotEmpty();
        assertThatThrownBy(() -> rule.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(words);
    }

    private static PackageRules rules(String root) throws IOException {
        return new PackageRules(root, PackageMap.read(PACKAGE_INFO));
    }
}
