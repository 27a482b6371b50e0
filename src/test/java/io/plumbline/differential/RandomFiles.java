package io.plumbline.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes random rows as the Parquet and CSV files of a project. */
final class RandomFiles {

    private RandomFiles() {}

    static void write(World world, RandomRows rows, Path folder) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            Files.createDirectories(folder);
            sql.execute("SET TimeZone = 'UTC'");
            sql.execute("SET threads = 1");
            insert(connection, rows);
            copy(sql, "exposures", "* EXCLUDE (micros), {at} AS exposed_at", folder + "/exposures", World.Layout.NONE);
            copy(
                    sql,
                    "events",
                    "* EXCLUDE (micros, ds), {at} AS happened_at, "
                            + world.layout().sql() + " AS ds",
                    folder + "/events",
                    world.layout());
            copy(sql, "payments", "* EXCLUDE (micros), {at} AS paid_at", folder + "/payments", World.Layout.NONE);
            visits(world, sql, folder);
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void insert(Connection connection, RandomRows rows) throws SQLException {
        insert(
                connection,
                "exposures",
                rows.exposures,
                "experiment VARCHAR, arm VARCHAR, user_id VARCHAR, "
                        + "device_id BIGINT, micros BIGINT, platform VARCHAR, home VARCHAR");
        insert(
                connection,
                "events",
                rows.events,
                "user_id VARCHAR, device_id BIGINT, micros BIGINT, ds DATE, "
                        + "event VARCHAR, country VARCHAR, tier INT, amount DOUBLE, price DOUBLE, cents BIGINT, "
                        + "flag BOOLEAN, note VARCHAR, signup DATE");
        insert(
                connection,
                "payments",
                rows.payments,
                "user_id VARCHAR, device_id BIGINT, micros BIGINT, " + "country VARCHAR, fee DOUBLE, ok BOOLEAN");
        insert(connection, "visits", rows.visits, "user_id VARCHAR, day DATE, minutes DOUBLE, country VARCHAR");
    }

    private static void insert(Connection connection, String table, List<@Nullable Object[]> rows, String columns)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + table + " (" + columns + ")");
        }
        int width = columns.split(",", -1).length;
        String markers = String.join(", ", Collections.nCopies(width, "?"));
        connection.setAutoCommit(false);
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO " + table + " VALUES (" + markers + ")")) {
            for (@Nullable Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    statement.setObject(i + 1, row[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** Two files or folders of files; instants are UTC. */
    private static void copy(Statement sql, String table, String columns, String folder, World.Layout layout)
            throws SQLException {
        String selected = columns.replace("{at}", "make_timestamp(micros)::TIMESTAMPTZ");
        String options =
                layout.isFolders() ? "FORMAT parquet, PARTITION_BY (ds)" : "FORMAT parquet, PER_THREAD_OUTPUT true";
        sql.execute("COPY (SELECT " + selected + " FROM " + table + ") TO '" + folder + "' (" + options + ")");
    }

    private static void visits(World world, Statement sql, Path folder) throws SQLException {
        if (world.seed() % 2 == 0) {
            sql.execute("COPY visits TO '" + folder
                    + "/visits.csv' (HEADER, QUOTE '\"', ESCAPE '\"', FORCE_QUOTE (user_id, country))");
            return;
        }
        String zone = Reference.zone(world.zone());
        sql.execute("COPY (SELECT * EXCLUDE (day), timezone('" + zone
                + "', day + INTERVAL 11 HOUR) AS day FROM visits) TO '" + folder
                + "/visits' (FORMAT parquet, PER_THREAD_OUTPUT true)");
    }
}
