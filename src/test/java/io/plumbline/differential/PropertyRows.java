package io.plumbline.differential;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random property sources: plans with a time, many of them at the same instant, and tiers without. */
final class PropertyRows {

    private static final List<String> PLANS = Collections.unmodifiableList(
            Arrays.asList("free", "free", "pro", "it's \"x\"", "", "漢", "(unknown)", "(other)", null));

    private PropertyRows() {}

    static void write(World world, Dice dice, Path data) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            sql.execute("SET TimeZone = 'UTC'");
            sql.execute("CREATE TABLE accounts (user_id VARCHAR, plan VARCHAR, micros BIGINT)");
            sql.execute("CREATE TABLE profiles (user_id VARCHAR, tier_name VARCHAR)");
            try (PreparedStatement plans = connection.prepareStatement("INSERT INTO accounts VALUES (?, ?, ?)");
                    PreparedStatement tiers = connection.prepareStatement("INSERT INTO profiles VALUES (?, ?)")) {
                for (int i = 0; i < world.units(); i++) {
                    String user = i < Traps.IDS.size() ? Traps.IDS.get(i) : "u" + i;
                    long at = world.instant(dice, world.day(-3), world.day(World.DAYS));
                    for (int n = dice.below(4); n > 0; n--) {
                        at = dice.chance(0.3) ? at : world.instant(dice, world.day(-3), world.day(World.DAYS));
                        insert(plans, user, dice.of(PLANS), at);
                    }
                    for (int n = dice.below(3); n > 0; n--) {
                        insert(tiers, user, dice.chance(0.2) ? null : "t" + dice.below(12));
                    }
                }
                insert(plans, null, "pro", world.start(world.day(0)));
                insert(tiers, null, "t1");
            }
            sql.execute("COPY (SELECT user_id, plan, make_timestamp(micros)::TIMESTAMPTZ AS since FROM accounts) TO '"
                    + data + "/accounts' (FORMAT parquet, PER_THREAD_OUTPUT true)");
            sql.execute("COPY profiles TO '" + data + "/profiles' (FORMAT parquet, PER_THREAD_OUTPUT true)");
        } catch (SQLException failure) {
            throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
        }
    }

    private static void insert(PreparedStatement statement, @Nullable Object... row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            statement.setObject(i + 1, row[i]);
        }
        statement.execute();
    }

    static String yaml(Path data) {
        return """
                property_sources:
                  - {name: accounts, path: "%1$s/accounts", format: parquet, timestamp: since, units: {user_id: user_id}, properties: [plan]}
                  - {name: profiles, path: "%1$s/profiles", format: parquet, units: {user_id: user_id}, properties: [tier_name]}
                """.formatted(data);
    }
}
