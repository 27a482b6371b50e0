package io.plumbline.definition;

import java.util.List;
import java.util.stream.Collectors;

/** Definitions that cannot be used. Holds everything that is wrong with them, not the first problem only. */
public final class DefinitionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    DefinitionException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order of files and lines. The message holds the same, one line each. */
    public List<Problem> problems() {
        return problems;
    }
}
