package io.plumbline.covid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.covid.CovidReference.Row;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reference itself, against the counts that are published with the data and against arithmetic. */
class CovidReferenceTest {

    private static List<Row> first = List.of();
    private static List<Row> second = List.of();

    @BeforeAll
    static void results() {
        Optional<Path> data = CovidReference.data();
        assumeTrue(data.isPresent(), "the covid_messaging data is not here");
        first = CovidReference.results(data.orElseThrow(), LocalDate.of(2020, 9, 14));
        second = CovidReference.results(data.orElseThrow(), LocalDate.of(2020, 9, 15));
    }

    @Test
    void visitorsAndPurchasersAreThePublishedOnes() {
        assertThat(topLine(first, "visitors_with_purchase"))
                .extracting(Row::groupName, Row::units, Row::total)
                .containsExactly(
                        tuple("control", 3304L, 163.0),
                        tuple("message_1", 3367L, 169.0),
                        tuple("message_2", 3329L, 223.0));
    }

    @Test
    void callsComeInOnTheSecondDay() {
        assertThat(topLine(first, "support_calls")).extracting(Row::total).containsExactly(0.0, 0.0, 0.0);
        assertThat(topLine(first, "support_minutes")).extracting(Row::variance).containsExactly(0.0, 0.0, 0.0);
        assertThat(topLine(second, "support_calls")).extracting(Row::total).containsExactly(957.0, 649.0, 672.0);
    }

    @Test
    void theShopIsFinalOnTheFirstDay() {
        for (String metric : List.of(
                "visitors_with_purchase",
                "detail_page_views",
                "electronics_revenue",
                "purchase_value",
                "purchases_per_detail_view")) {
            assertThat(of(second, metric)).isEqualTo(of(first, metric)).hasSize(12);
        }
    }

    @Test
    void browsersAddUpToTheTopLine() {
        for (Row row : second.stream().filter(row -> row.dimension() == null).toList()) {
            List<Row> parts = second.stream()
                    .filter(part -> "browser".equals(part.dimension()))
                    .filter(part -> part.metric().equals(row.metric()))
                    .filter(part -> part.groupName().equals(row.groupName()))
                    .toList();
            assertThat(parts).extracting(Row::dimensionValue).containsExactly("chrome", "firefox", "safari");
            assertThat(parts.stream().mapToLong(Row::units).sum()).isEqualTo(row.units());
            assertThat(parts.stream().mapToDouble(Row::total).sum()).isCloseTo(row.total(), offset(1e-6));
        }
    }

    @Test
    void theVarianceOfAShareIsItsBinomialOne() {
        for (Row row : of(first, "visitors_with_purchase")) {
            double p = row.total() / row.units();
            assertThat(row.variance()).isCloseTo(p * (1 - p) * row.units() / (row.units() - 1), offset(1e-12));
        }
    }

    private static List<Row> of(List<Row> rows, String metric) {
        return rows.stream().filter(row -> row.metric().equals(metric)).toList();
    }

    private static List<Row> topLine(List<Row> rows, String metric) {
        return of(rows, metric).stream().filter(row -> row.dimension() == null).toList();
    }
}
