package io.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.SparkTest;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Draft. */
class IdScenariosTest extends SparkTest {

    @TempDir
    static Path folder;

    private static @Nullable Scenario given;

    @BeforeAll
    static void runTheThirdDay() {
        given = IdScenarios.of(
                        spark(),
                        folder,
                        IdScenarios.resolved("strict", "logins"),
                        IdScenarios.resolved("first_touch", "logins"),
                        IdScenarios.resolved("last_touch", "logins"),
                        "name: users, metrics: {primary: [spent, first_day]}")
                .run("2026-01-03");
    }

    @Test
    void draft() {
        for (String e : new String[] {"strict", "first_touch", "last_touch", "users"}) {
            for (String m : new String[] {
                "spent", "first_day", "items", "latest", "capped", "active", "clicks_made", "spent_per_click", "order_size"
            }) {
                System.out.println(e + " " + m + "\n" + results(e, m, "dimension IS NULL AND view = 'cumulative'"));
            }
            System.out.println(e + " spent by\n" + results(e, "spent", "dimension IS NOT NULL AND view = 'cumulative'"));
            System.out.println(e + " daily\n" + results(e, "spent", "dimension IS NULL AND view = 'daily'"));
        }
        Objects.requireNonNull(given).plumbline().table("experiment_health").show(100, false);
        Objects.requireNonNull(given).plumbline().table("run_steps").show(100, false);
        assertThat(given).isNotNull();
    }

    private static String results(String experiment, String metric, String where) {
        return Objects.requireNonNull(given)
                .results("experiment = '" + experiment + "' AND metric = '" + metric + "' AND " + where);
    }
}
