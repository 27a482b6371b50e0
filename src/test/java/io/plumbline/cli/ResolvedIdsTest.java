package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of an experiment whose events carry another id, without starting Spark. */
class ResolvedIdsTest {

    private static final String DEFINITIONS = """
            version: 1
            project: ids
            unit_types: [device_id, user_id]
            metric_sources:
              - {name: orders, table: shop.orders, timestamp: at, units: {user_id: user}}
              - {name: clicks, table: shop.clicks, timestamp: at, units: {device_id: device}}
              - {name: logins, table: shop.logins, timestamp: at, units: {device_id: device, user_id: user}}
            metrics:
              - {name: orders_made, type: count, source: orders, cohort_window: {to: 7d}}
              - {name: clicks_made, type: count, source: clicks}
            assignment_sources:
              - {name: exposures, table: shop.exposures, timestamp: at, experiment: test, group: arm, units: {device_id: device}}
            experiments:
              - name: banner
                assignment_source: exposures
                unit: device_id
                start: 2026-01-01
                groups: [{name: a, control: true}, {name: b}]
                metrics: {primary: [orders_made, clicks_made]}
                id_resolution: {source: logins, mode: first_touch}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void define() throws IOException {
        Files.writeString(folder.resolve("plumbline.yml"), DEFINITIONS);
    }

    @Test
    void a_plan_names_the_pairs_that_come_with_the_scan_of_a_source_and_the_cuts_of_event_ids() {
        String plan = run("explain", "run", "--date", "2026-01-08").out();
        assertThat(plan).containsOnlyOnce("shop.logins").contains("""
                        scan logins
                          rows       table shop.logins
                          time       at, to the instant
                          days       2026-01-01 to 2026-01-08, those that are missing, late or changed
                          leaf       none
                          unit-days  device_id (device)
                          pairs      user_id (user) of device_id (device), for banner
                        """);
        assertThat(plan).contains("unit-days  user_id (user), cut by banner at exposure, +7d\n");
        assertThat(plan).contains("unit-days  device_id (device), cut by banner at exposure\n");
        assertThat(plan).contains("ids        user_id of device_id by logins, first touch\n");
    }

    @Test
    void a_metric_says_which_experiments_resolve_ids_for_it() {
        Terminal.Ended ended = run("explain", "metric", "orders_made");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("used by      banner (primary, user_id of device_id by logins, first touch)");
    }

    @Test
    void the_sql_of_a_metric_finds_the_unit_of_every_row() {
        assertThat(run("explain", "metric", "orders_made", "--sql").out()).contains("""
                        -- Which ids belong together: an event's id and the unit that was exposed first
                        CREATE OR REPLACE TEMPORARY VIEW id_links AS
                        """, """
                        -- Rows of orders, each with the unit of the experiment that it belongs to
                        CREATE OR REPLACE TEMPORARY VIEW orders__of_units AS
                        SELECT r.*, l.unit_id AS plumbline__unit_id
                        FROM orders r
                        JOIN id_links l
                          ON l.kept AND l.event_unit_id = CAST(r.`user` AS STRING);
                        """);
        assertThat(run("explain", "metric", "clicks_made", "--sql").out()).doesNotContain("id_links");
    }

    @Test
    void experiments_are_listed_with_their_resolution() {
        assertThat(run("ls", "experiments").out())
                .contains("id_resolution")
                .contains("user_id by logins (first_touch)");
    }

    private Terminal.Ended run(String... arguments) {
        return new Terminal(folder).run(arguments);
    }
}
