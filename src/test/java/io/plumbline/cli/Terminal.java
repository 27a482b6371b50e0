package io.plumbline.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Runs the program in this process, as a shell would: arguments in; exit code, standard output and error out. */
final class Terminal {

    private final Map<String, String> environment = new HashMap<>();
    private final Path folder;
    private Clock clock = Clock.fixed(Instant.parse("2026-03-13T12:00:00Z"), ZoneOffset.UTC);
    private Sessions sessions = new NoSessions();

    Terminal(Path folder) {
        this.folder = folder;
    }

    /** What a command left behind. */
    record Ended(int code, String out, String err) {}

    Terminal with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Terminal at(String instant) {
        clock = Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
        return this;
    }

    Terminal with(SparkSession session) {
        sessions = new Sessions() {
            @Override
            public SparkSession session() {
                return session;
            }

            @Override
            public void close() {}
        };
        return this;
    }

    Terminal with(Sessions other) {
        sessions = other;
        return this;
    }

    Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(
                environment, folder, clock, sessions, new PrintWriter(out, true), new PrintWriter(err, true));
        int code = Main.commandLine(surroundings).execute(arguments);
        return new Ended(code, out.toString(), err.toString());
    }

    /** Fails a test whose command starts Spark without need. */
    private static final class NoSessions implements Sessions {
        @Override
        public SparkSession session() {
            throw new AssertionError("this command must not start Spark");
        }

        @Override
        public void close() {}
    }
}
