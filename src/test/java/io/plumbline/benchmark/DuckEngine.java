package io.plumbline.benchmark;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** DuckDB in the same process, over the same files, with as many threads as Spark has. */
final class DuckEngine implements Engine {

    private final Connection connection;
    private final Statement statement;

    DuckEngine(ShopData data, int threads) {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            statement = connection.createStatement();
            statement.execute("SET threads = " + threads);
            statement.execute("SET TimeZone = 'UTC'");
            view("events", data.events());
            view("exposures", data.exposures());
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void view(String name, Path folder) throws SQLException {
        statement.execute("CREATE VIEW " + name + " AS SELECT * FROM read_parquet('" + folder
                + "/*/*.parquet', hive_partitioning = true, hive_types = {'ds': DATE})");
    }

    @Override
    public String name() {
        return "DuckDB";
    }

    @Override
    public void prepare(LocalDate day) {
        try {
            statement.execute("CREATE OR REPLACE TABLE first_exposures AS " + Engine.firstExposures(day));
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public List<List<Object>> rows(String query) {
        List<List<Object>> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<Object> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(result.getObject(i));
                }
                rows.add(values);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return rows;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
