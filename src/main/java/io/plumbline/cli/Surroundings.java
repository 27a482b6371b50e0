package io.plumbline.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What the program finds around it.
 *
 * @param environment variables of the environment
 * @param folder the working folder
 * @param clock tells today
 * @param sessions starts Spark when a command needs it
 * @param out what programs read
 * @param err what people read
 */
record Surroundings(
        Map<String, String> environment,
        Path folder,
        Clock clock,
        Sessions sessions,
        PrintWriter out,
        PrintWriter err) {

    /** Those of this process. */
    static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                new ProcessSessions(),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }
}
