package io.plumbline.cli;

import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how rows are printed, and how many. */
final class RowsOption {

    private static final int SCREENFUL = 20;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most this many rows. Default: " + SCREENFUL + " as a table, all as csv and json.")
    private Optional<Integer> limit = Optional.empty();

    @Mixin
    private final OutputOption output = new OutputOption();

    Output output() {
        return output.output();
    }

    /**
     * How many rows are printed at most; all if empty.
     *
     * @throws IllegalArgumentException if that is less than one
     */
    Optional<Integer> most() {
        if (limit.isPresent() && limit.get() < 1) {
            throw new IllegalArgumentException("--limit is " + limit.get() + "; give 1 or more");
        }
        return limit.or(() -> output() == Output.TABLE ? Optional.of(SCREENFUL) : limit);
    }
}
