package io.plumbline.cli;

import io.plumbline.definition.Project;
import io.plumbline.definition.Selected;
import io.plumbline.definition.Selector;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which definitions a command is about. */
final class SelectionOptions {

    @Option(
            names = "--select",
            paramLabel = "SELECTION",
            description = "Only these: metric:NAME, metric:NAME+, tag:TAG, source:NAME, source:NAME+, experiment:NAME;"
                    + " several with commas. NAME+ is it and what depends on it.")
    private Optional<String> select = Optional.empty();

    @Option(names = "--exclude", paramLabel = "SELECTION", description = "All but these, written like --select.")
    private Optional<String> exclude = Optional.empty();

    /** What {@code --select} names; empty where it is not given. */
    Optional<Selected> kept(Project project) {
        return select.map(text -> Selector.select(project, text));
    }

    /** What {@code --exclude} names; empty where it is not given. */
    Optional<Selected> dropped(Project project) {
        return exclude.map(text -> Selector.select(project, text));
    }

    /**
     * What is left; empty if that is everything.
     *
     * @throws IllegalArgumentException if a selection cannot be read, or nothing is left
     */
    Optional<Selected> left(Project project) {
        Optional<Selected> dropped = dropped(project);
        Optional<Selected> kept =
                kept(project).or(() -> dropped.isPresent() ? Optional.of(Selected.all(project)) : Optional.empty());
        Optional<Selected> left =
                kept.map(chosen -> dropped.map(chosen::without).orElse(chosen));
        if (left.filter(Selected::isEmpty).isPresent()) {
            throw new IllegalArgumentException("nothing is left of the selection; see `plumbline ls`");
        }
        return left;
    }
}
