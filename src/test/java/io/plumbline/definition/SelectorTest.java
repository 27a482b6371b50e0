package io.plumbline.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.source.SparkGrammar;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a selection chooses, and what is said of one that chooses nothing. */
class SelectorTest {

    private static Project project;

    @BeforeAll
    static void load() throws URISyntaxException {
        Path file =
                Path.of(SelectorTest.class.getResource("complete/plumbline.yml").toURI());
        project = ProjectLoader.load(file.getParent(), Map.of(), new SparkGrammar());
    }

    @Test
    void partsAreAddedUpInTheOrderOfTheProject() {
        Selected selected = Selector.select(project, "experiment:ranking_v2, metric:revenue,tag:core,source:logins");
        assertThat(selected.metricSources()).containsExactly("logins");
        assertThat(selected.metrics()).containsExactly("expensive_orders", "revenue");
        assertThat(selected.assignmentSources()).isEmpty();
        assertThat(selected.experiments()).containsExactly("ranking_v2");
    }

    @Test
    void plusStandsForWhatDependsOnTheSource() {
        Selected logins = Selector.select(project, "source:logins+");
        assertThat(logins.metricSources()).containsExactly("logins");
        assertThat(logins.metrics())
                .containsExactly("week2_retention", "active_days", "spend_per_visitor", "logged_in");
        assertThat(logins.experiments()).isEmpty();
        assertThat(Selector.select(project, "source:checkout_events+").experiments())
                .containsExactly("ranking_v2");
        Selected exposures = Selector.select(project, "source:exposures+");
        assertThat(exposures.assignmentSources()).containsExactly("exposures");
        assertThat(exposures.experiments()).containsExactly("ranking_v2", "open_ended");
    }

    @Test
    void tagsAreThoseOfSourcesMetricsAndExperiments() {
        assertThat(Selector.select(project, "tag:commerce").metricSources()).containsExactly("checkout_events");
    }

    @Test
    void whatIsModifiedIsTakenAsItIsAndWithPlusWhatDependsOnIt() {
        Supplier<Modified> state = () -> new Modified(
                Selected.of(
                        project,
                        definition -> definition.name().equals("logged_in")
                                || definition.category() == Category.ASSIGNMENT_SOURCE),
                Optional.of("a run"));
        Selected modified = Selector.select(project, "state:modified", state);
        assertThat(modified.metrics()).containsExactly("logged_in");
        assertThat(modified.assignmentSources()).containsExactly("exposures");
        assertThat(modified.experiments()).isEmpty();
        assertThat(Selector.select(project, "state:modified+", state).experiments())
                .containsExactly("ranking_v2", "open_ended");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            ''                | the selection is empty; write metric:NAME, metric:NAME+, tag:TAG, source:NAME, source:NAME+, experiment:NAME, state:modified or state:modified+
            metric:revenue,   | the selection is empty; write metric:NAME, metric:NAME+, tag:TAG, source:NAME, source:NAME+, experiment:NAME, state:modified or state:modified+
            revenue           | 'revenue' is not a selection; write metric:NAME, metric:NAME+, tag:TAG, source:NAME, source:NAME+, experiment:NAME, state:modified or state:modified+
            metric:           | 'metric:' is not a selection; write metric:NAME, metric:NAME+, tag:TAG, source:NAME, source:NAME+, experiment:NAME, state:modified or state:modified+
            state:new         | 'state:new' is not a selection; write metric:NAME, metric:NAME+, tag:TAG, source:NAME, source:NAME+, experiment:NAME, state:modified or state:modified+
            state:modified    | state:modified needs a warehouse to compare the definitions with
            owner:search      | 'owner:search' is not a selection; write metric:NAME, metric:NAME+, tag:TAG, source:NAME, source:NAME+, experiment:NAME, state:modified or state:modified+
            metric:revenu     | no metric is named 'revenu'; did you mean 'revenue'?
            source:login+     | no source is named 'login'; did you mean 'logins'?
            experiment:other  | no experiment is named 'other'
            tag:cores         | nothing has the tag 'cores'; did you mean 'core'?
            """)
    void whatCannotBeChosenIsAnError(String selection, String message) {
        assertThatThrownBy(() -> Selector.select(project, selection))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
