package io.plumbline.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.metric.Aggregate;
import io.plumbline.metric.CohortWindow;
import io.plumbline.metric.Component;
import io.plumbline.metric.CountDistinctMetric;
import io.plumbline.metric.Filter;
import io.plumbline.metric.FilterOp;
import io.plumbline.metric.Metric;
import io.plumbline.metric.OneValueMetric;
import io.plumbline.metric.Population;
import io.plumbline.metric.Selection;
import io.plumbline.metric.Threshold;
import io.plumbline.metric.UnitValue;
import io.plumbline.source.SparkGrammar;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Definitions of distinct values, of one value out of many and of latest rows become exactly these records. */
class ValueMetricsTest {

    private static Project project;

    @BeforeAll
    static void load() throws URISyntaxException {
        Path file = Path.of(
                ValueMetricsTest.class.getResource("complete/plumbline.yml").toURI());
        project = ProjectLoader.load(file.getParent(), Map.of(), new SparkGrammar());
    }

    @Test
    void distinctValuesAreCountedExactlyUnlessSaidOtherwise() {
        CountDistinctMetric rooms = (CountDistinctMetric) metric("rooms");
        assertThat(rooms.counting()).isEqualTo(CountDistinctMetric.Counting.APPROXIMATE);
        assertThat(rooms.threshold()).contains(new Threshold(Threshold.Kind.AT_LEAST, 2));
        assertThat(metric("price_per_room").components())
                .containsExactly(
                        Component.of(events(), Aggregate.LATEST, "price"),
                        Component.of(events(), Aggregate.DISTINCT, "room"));
    }

    @Test
    void extremesAreOfParticipantsAndFirstAndLatestValuesOfAllUnitsUnlessSaidOtherwise() {
        assertThat(List.of("cheapest", "dearest", "first_price", "latest_price"))
                .extracting(name -> metric(name).measure().population())
                .containsExactly(
                        Population.PARTICIPATING, Population.ALL_UNITS, Population.ALL_UNITS, Population.PARTICIPATING);
        assertThat(List.of("cheapest", "dearest", "first_price", "latest_price"))
                .extracting(name -> ((OneValueMetric) metric(name)).pick())
                .containsExactly(
                        OneValueMetric.Pick.MIN,
                        OneValueMetric.Pick.MAX,
                        OneValueMetric.Pick.FIRST_VALUE,
                        OneValueMetric.Pick.LATEST_VALUE);
    }

    @Test
    void theFiltersOfALatestRowAreNoneOfItsSelection() {
        UnitValue side = metric("logged_in").measure().numerator();
        assertThat(side.component())
                .isEqualTo(Component.latestRecord(
                        new Selection("logins", List.of(new Filter.Comparison("state", FilterOp.EQ, List.of("in"))))));
        assertThat(side.component().rows().filters()).isEmpty();
        assertThat(side.window()).isNotEqualTo(CohortWindow.ALL);
    }

    private static Selection events() {
        return new Selection("checkout_events", List.of());
    }

    private static Metric metric(String name) {
        return Objects.requireNonNull(project.metrics().get(name));
    }
}
