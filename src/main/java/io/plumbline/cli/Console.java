package io.plumbline.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lines for people, on standard error: as text, or each as a JSON object with {@code time, level, message}.
 *
 * @param err where lines go
 * @param format how they are written
 * @param clock tells the time of a line
 */
record Console(PrintWriter err, PlumblineCommand.LogFormat format, Clock clock) {

    /** How much a line matters. */
    enum Level {
        INFO,
        WARN,
        ERROR
    }

    /** How things go. */
    void info(String message) {
        line(Level.INFO, message);
    }

    /** Something that deserves a look. */
    void warn(String message) {
        write(Level.WARN, message, "WARNING: " + message);
    }

    /** Something that failed. */
    void error(String message) {
        write(Level.ERROR, message, "ERROR: " + message);
    }

    /** A line that says its level itself. */
    void line(Level level, String message) {
        write(level, message, message);
    }

    private void write(Level level, String message, String text) {
        if (format == PlumblineCommand.LogFormat.TEXT) {
            err.println(text);
        } else {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("time", clock.instant().toString());
            line.put("level", level);
            line.put("message", message);
            err.println(Json.text(line));
        }
        err.flush();
    }
}
