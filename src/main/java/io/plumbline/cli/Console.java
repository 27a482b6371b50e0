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

    /** How things go. */
    void info(String line) {
        write("INFO", line, line);
    }

    /** Something that deserves a look. */
    void warn(String line) {
        write("WARN", line, "WARNING: " + line);
    }

    /** Something that failed. */
    void error(String line) {
        write("ERROR", line, "ERROR: " + line);
    }

    private void write(String level, String message, String text) {
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
