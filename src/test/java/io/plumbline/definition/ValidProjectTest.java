package io.plumbline.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.experiment.AnalysisSettings;
import io.plumbline.experiment.Crossover;
import io.plumbline.experiment.Experiment;
import io.plumbline.experiment.Group;
import io.plumbline.experiment.Period;
import io.plumbline.experiment.Role;
import io.plumbline.experiment.UnitRule;
import io.plumbline.experiment.View;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Component;
import io.plumbline.metric.CountMetric;
import io.plumbline.metric.DatePartition;
import io.plumbline.metric.DesiredChange;
import io.plumbline.metric.EventTime;
import io.plumbline.metric.FileFormat;
import io.plumbline.metric.Filter;
import io.plumbline.metric.FilterOp;
import io.plumbline.metric.Info;
import io.plumbline.metric.Location;
import io.plumbline.metric.MeanMetric;
import io.plumbline.metric.MetricInfo;
import io.plumbline.metric.Population;
import io.plumbline.metric.RatioMetric;
import io.plumbline.metric.Rollup;
import io.plumbline.metric.Selection;
import io.plumbline.metric.SumMetric;
import io.plumbline.metric.Threshold;
import io.plumbline.metric.UnitCountMetric;
import io.plumbline.metric.UnitValue;
import io.plumbline.metric.Winsorization;
import io.plumbline.source.SparkGrammar;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A project that uses every key becomes exactly these records. */
class ValidProjectTest {

    private static Path root;
    private static Project project;

    @BeforeAll
    static void load() throws IOException, URISyntaxException {
        root = Path.of(ValidProjectTest.class
                        .getResource("complete/plumbline.yml")
                        .toURI())
                .getParent();
        project = ProjectLoader.load(root, Map.of("SHOP_DATA", "s3://bucket/data"), new SparkGrammar());
    }

    @Test
    void settings() {
        assertThat(project.name()).isEqualTo("shop");
        assertThat(project.root()).isEqualTo(root);
        assertThat(project.zone()).isEqualTo(ZoneId.of("America/Los_Angeles"));
        assertThat(project.warehouse()).isEqualTo(new Project.Warehouse.Schema("main.experiments"));
        assertThat(project.unitTypes()).containsExactly("user_id", "deviceId");
        assertThat(project.settings()).isEqualTo(new Settings(0.1, 0));
    }

    @Test
    void sourcesOfFilesTablesAndQueries() {
        assertThat(project.metricSources().keySet()).containsExactly("checkout_events", "page_loads", "logins");
        var events = project.metricSources().get("checkout_events");
        assertThat(events.info())
                .isEqualTo(new Info(
                        "checkout_events",
                        "One row per step of the checkout flow",
                        "growth-data",
                        List.of("commerce"),
                        "sources/events.yml:4:5"));
        assertThat(events.location())
                .isEqualTo(new Location.Files(
                        "s3://bucket/data/events",
                        FileFormat.CSV,
                        Map.of("header", "true", "sep", ";"),
                        Optional.of("event_time TIMESTAMP, user_id STRING")));
        assertThat(events.time())
                .isEqualTo(new EventTime(
                        "event_time",
                        EventTime.Precision.INSTANT,
                        Optional.of(new DatePartition("ds", Optional.of(ZoneId.of("UTC"))))));
        assertThat(events.units()).containsExactly(Map.entry("user_id", "user_id"), Map.entry("deviceId", "device"));
        assertThat(project.metricSources().get("page_loads").location())
                .isEqualTo(new Location.Query(
                        "SELECT * FROM loads\nWHERE ds BETWEEN {{ start_date }} AND {{ end_date }}\n"));
        assertThat(project.metricSources().get("page_loads").time().precision()).isEqualTo(EventTime.Precision.DAY);
        assertThat(project.metricSources().get("logins").location())
                .isEqualTo(new Location.Files(
                        root.resolve("../logins").normalize().toString(),
                        FileFormat.DELTA,
                        Map.of(),
                        Optional.empty()));
    }

    @Test
    void columnsFollowThoseThatTheyRead() {
        assertThat(project.metricSources().get("checkout_events").columns())
                .containsExactly(
                        Map.entry("price", "price / 100.0"),
                        Map.entry("net", "price - fee"),
                        Map.entry("margin", "Net / price"),
                        Map.entry("first_tag", "filter(tags, price -> price <> '')[0]"));
    }

    @Test
    void count() {
        assertThat(project.metrics().get("expensive_orders"))
                .isEqualTo(new CountMetric(
                        new MetricInfo(
                                new Info("expensive_orders", "", "", List.of("core", "orders"), "metrics.yml:4:5"),
                                DesiredChange.INCREASE,
                                List.of("country", "category")),
                        new Selection(
                                "checkout_events",
                                List.of(
                                        new Filter.Comparison("event", FilterOp.EQ, List.of("checkout")),
                                        new Filter.Comparison(
                                                "cents", FilterOp.BETWEEN, List.of(100L, new BigDecimal("2000.5"))),
                                        new Filter.AnyOf(List.of(
                                                new Filter.Comparison("paid", FilterOp.EQ, List.of(true)),
                                                new Filter.Comparison("refund", FilterOp.IS_NULL, List.of()))),
                                        new Filter.Sql("price < 1000"))),
                        new CohortWindow(
                                Duration.ofHours(12),
                                Optional.of(Duration.ofDays(7)),
                                CohortWindow.Maturity.ONLY_MATURED),
                        Optional.of(new Threshold(Threshold.Kind.MORE_THAN, 100)),
                        Optional.of(new Winsorization(
                                OptionalDouble.of(0.001), OptionalDouble.of(0.999), Winsorization.Population.ALL))));
    }

    @Test
    void sumAndMean() {
        assertThat(project.metrics().get("revenue"))
                .isEqualTo(new SumMetric(
                        about("revenue", "metrics.yml:19:5"),
                        new Selection("checkout_events", List.of()),
                        "price",
                        CohortWindow.ALL,
                        Optional.of(new Threshold(Threshold.Kind.AT_LEAST, 0.5)),
                        Optional.empty()));
        assertThat(project.metrics().get("basket"))
                .isEqualTo(new MeanMetric(
                        about("basket", "metrics.yml:20:5"),
                        new Selection("checkout_events", List.of()),
                        "1",
                        CohortWindow.ALL,
                        Optional.of(upper(0.99)),
                        Optional.of(upper(0.9))));
    }

    @Test
    void unitCounts() {
        assertThat(project.metrics().get("week2_retention"))
                .isEqualTo(new UnitCountMetric(
                        about("week2_retention", "metrics.yml:26:5"),
                        new Selection("logins", List.of()),
                        UnitCountMetric.Mode.CUSTOM_WINDOW,
                        new CohortWindow(
                                Duration.ofDays(7), Optional.of(Duration.ofDays(14)), CohortWindow.Maturity.ANY)));
        assertThat(((UnitCountMetric) project.metrics().get("active_days")).mode())
                .isEqualTo(UnitCountMetric.Mode.DAILY_PARTICIPATION);
    }

    @Test
    void ratioWhoseWindowIsTheDefaultOfItsSides() {
        CohortWindow week = new CohortWindow(Duration.ZERO, Optional.of(Duration.ofDays(7)), CohortWindow.Maturity.ANY);
        CohortWindow day = new CohortWindow(Duration.ZERO, Optional.of(Duration.ofDays(1)), CohortWindow.Maturity.ANY);
        assertThat(project.metrics().get("spend_per_visitor"))
                .isEqualTo(new RatioMetric(
                        about("spend_per_visitor", "metrics.yml:28:5"),
                        new UnitValue(
                                List.of(Component.sum(new Selection("checkout_events", List.of()), "price")),
                                Rollup.Plain.TOTAL,
                                week,
                                Optional.empty(),
                                Optional.of(upper(0.999))),
                        UnitValue.of(Component.rows(new Selection("logins", List.of())), Rollup.Plain.ANY, day),
                        Population.ALL_UNITS));
    }

    @Test
    void assignmentSource() {
        var source = project.assignmentSources().get("exposures");
        assertThat(source.location()).isEqualTo(new Location.Table("main.analytics.exposures"));
        assertThat(source.experiment()).isEqualTo("experiment_name");
        assertThat(source.group()).isEqualTo("group_name");
        assertThat(source.properties()).containsExactly("country", "platform");
    }

    @Test
    void experimentWithEverything() {
        Experiment experiment = project.experiments().get("ranking_v2");
        assertThat(experiment)
                .isEqualTo(new Experiment(
                        new Info("ranking_v2", "", "search", List.of(), "experiments/ranking.yml:4:5"),
                        "exposures",
                        new UnitRule("user_id", Crossover.FIRST_GROUP, Optional.empty()),
                        new Period(LocalDate.of(2026, 10, 1), Optional.of(LocalDate.of(2026, 11, 15))),
                        List.of(
                                new Group("old ranking, {as is}", 50, Group.Role.CONTROL),
                                new Group("ranked", 25.5, Group.Role.TREATMENT)),
                        Map.of("revenue", Role.PRIMARY, "expensive_orders", Role.SECONDARY, "basket", Role.GUARDRAIL),
                        List.of("platform"),
                        List.of(View.CUMULATIVE),
                        AnalysisSettings.of(0.01)));
        assertThat(experiment.metrics().keySet())
                .as("in the order of roles, each metric in its first")
                .containsExactly("revenue", "expensive_orders", "basket");
    }

    @Test
    void experimentWithDefaults() {
        Experiment experiment = project.experiments().get("open_ended");
        assertThat(experiment.period().end()).isEmpty();
        assertThat(experiment.groups()).extracting(Group::weight).containsExactly(1.0, 1.0);
        assertThat(experiment.metrics()).isEmpty();
        assertThat(experiment.crossover()).isEqualTo(Crossover.EXCLUDE);
        assertThat(experiment.views()).containsExactly(View.CUMULATIVE, View.DAILY);
        assertThat(experiment.analysis()).as("the project's alpha").isEqualTo(AnalysisSettings.of(0.1));
    }

    private static MetricInfo about(String name, String origin) {
        return new MetricInfo(new Info(name, "", "", List.of(), origin), DesiredChange.NONE, List.of());
    }

    private static Winsorization upper(double upper) {
        return new Winsorization(OptionalDouble.empty(), OptionalDouble.of(upper), Winsorization.Population.NONZERO);
    }
}
