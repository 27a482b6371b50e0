package io.plumbline.cli;

import io.plumbline.definition.Modified;
import io.plumbline.definition.Project;
import io.plumbline.definition.Selected;
import io.plumbline.definition.Selector;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Which definitions a command is about. */
final class SelectionOptions {

    @Option(
            names = "--select",
            paramLabel = "SELECTION",
            description = "Only these: metric:NAME, metric:NAME+, tag:TAG, source:NAME, source:NAME+, experiment:NAME,"
                    + " state:modified, state:modified+; several with commas. With + also what depends on it. Modified is"
                    + " what differs from what the last run has computed of it.")
    private Optional<String> select = Optional.empty();

    @Option(names = "--exclude", paramLabel = "SELECTION", description = "All but these, written like --select.")
    private Optional<String> exclude = Optional.empty();

    /**
     * What {@code --select} names; empty where it is not given.
     *
     * @param state asked only if the selection is of a state
     * @throws IllegalArgumentException if it cannot be read, or is of a state and nothing has changed
     */
    Optional<Selected> kept(Project project, Supplier<Modified> state) {
        Optional<Selected> kept = select.map(text -> Selector.select(project, text, state));
        if (kept.filter(Selected::namesNothing).isPresent()) {
            throw new IllegalArgumentException(state.get()
                    .since()
                    .map(run -> "nothing has changed since run " + run)
                    .orElse("nothing is defined that could have changed"));
        }
        return kept;
    }

    /** What {@code --exclude} names; empty where it is not given. */
    Optional<Selected> dropped(Project project, Supplier<Modified> state) {
        return exclude.map(text -> Selector.select(project, text, state));
    }

    /**
     * What is left; empty if that is everything.
     *
     * @param state asked only if the selection is of a state
     * @throws IllegalArgumentException if a selection cannot be read, or nothing is left
     */
    Optional<Selected> left(Project project, Supplier<Modified> state) {
        Optional<Selected> dropped = dropped(project, state);
        Optional<Selected> kept = kept(project, state)
                .or(() -> dropped.isPresent() ? Optional.of(Selected.all(project)) : Optional.empty());
        Optional<Selected> left =
                kept.map(chosen -> dropped.map(chosen::without).orElse(chosen));
        left.filter(Selected::isEmpty).ifPresent(chosen -> {
            throw new IllegalArgumentException(
                    chosen.namesNothing()
                            ? "nothing is left of the selection; see `plumbline ls`"
                            : "the selection has only sources of exposures or properties, which have no results of their"
                                    + " own; select what depends on them with a + behind");
        });
        return left;
    }
}
