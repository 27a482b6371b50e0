package io.plumbline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A Java process of its own, with what it prints. Closing it kills it and what it has started.
 *
 * @param process the process
 * @param log the file with the lines of its standard output and error
 */
public record JavaProcess(Process process, Path log) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(5);

    /** Starts the Java that runs the tests, with words such as a class path, a class and its arguments. */
    public static JavaProcess start(Path log, Map<String, String> environment, List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(words);
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        try {
            JavaProcess started = new JavaProcess(
                    builder.redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
            // Tests that are stopped leave nothing running.
            Runtime.getRuntime().addShutdownHook(new Thread(started::kill));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has printed so far. */
    public String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often it has printed something. */
    public long printed(String what) {
        return printed().lines().filter(line -> line.contains(what)).count();
    }

    /** Waits until it has printed something. */
    public JavaProcess awaitPrinted(String what) {
        await("prints '" + what + "'", () -> printed(what) > 0);
        return this;
    }

    /** Waits until something has happened, while it is running. */
    public void await(String what, BooleanSupplier happened) {
        Instant late = Instant.now().plus(PATIENCE);
        while (!happened.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new AssertionError("ended with " + process.exitValue() + " before it " + what + "\n" + printed());
            }
            if (Instant.now().isAfter(late)) {
                throw new AssertionError("too late: " + what + "\n" + printed());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Waits for its end; returns its exit code. */
    public int exitCode() {
        try {
            if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("does not end\n" + printed());
    }

    /** Kills it as {@code kill -9} does, after what it has started. */
    public void kill() {
        killChildren();
        process.destroyForcibly();
        exitCode();
    }

    /** Kills only what it has started; returns how many processes that were. */
    public int killChildren() {
        List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        return children.size();
    }

    @Override
    public void close() {
        kill();
    }
}
