package io.plumbline.covid;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.SparkTest;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.source.DayRange;
import io.plumbline.source.Sources;
import io.plumbline.source.SparkGrammar;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The definitions of {@code conf/covid_messaging} read the export as it is meant. */
class CovidDefinitionsTest extends SparkTest {

    private static final DayRange FIRST = new DayRange(LocalDate.of(2020, 9, 14), LocalDate.of(2020, 9, 14));
    private static final DayRange SECOND = new DayRange(LocalDate.of(2020, 9, 15), LocalDate.of(2020, 9, 15));

    private Project project;
    private Sources sources;

    @BeforeEach
    void load() {
        Optional<Path> data = CovidReference.data();
        assumeTrue(data.isPresent(), "the covid_messaging data is not here");
        Map<String, String> environment =
                Map.of("PLUMBLINE_SHARED_DATA", data.orElseThrow().toString());
        project = ProjectLoader.load(Path.of("conf/covid_messaging"), environment, new SparkGrammar());
        sources = new Sources(spark(), project.zone());
    }

    @Test
    void idsBecomeNamesAndTheBrowserIsFound() {
        Dataset<Row> decisions = sources.read(project.assignmentSources().get("decisions"), FIRST);

        assertThat(counts(decisions, "experiment_name", "group_name"))
                .containsExactly(
                        "[covid_messaging,control,3304]",
                        "[covid_messaging,message_1,3367]",
                        "[covid_messaging,message_2,3329]");
        assertThat(counts(decisions, "browser")).containsExactly("[chrome,5069]", "[firefox,3300]", "[safari,1631]");
    }

    @Test
    void electronicsAreAKeyOfTheTagsAndRevenueIsInDollars() {
        Dataset<Row> purchases =
                sources.read(project.metricSources().get("shop_events"), FIRST).filter("event = 'purchase'");

        assertThat(counts(purchases, "category", "revenue_usd"))
                .containsExactly(
                        "[accessories,39.950000,1132]", "[electronics,799.990000,641]", "[electronics,999.990000,491]");
    }

    @Test
    void everyCallIsOnTheSecondDay() {
        assertThat(sources.read(project.metricSources().get("support_calls"), FIRST)
                        .count())
                .isZero();
        assertThat(sources.read(project.metricSources().get("support_calls"), SECOND)
                        .count())
                .isEqualTo(2278);
    }

    private static Iterable<String> counts(Dataset<Row> rows, String... columns) {
        return rows
                .groupBy(Arrays.stream(columns).map(rows::col).toArray(Column[]::new))
                .agg(count(lit(1)))
                .collectAsList()
                .stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }
}
