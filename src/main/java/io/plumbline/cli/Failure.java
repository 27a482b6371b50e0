package io.plumbline.cli;

import io.plumbline.definition.DefinitionException;
import io.plumbline.definition.Problem;
import io.plumbline.pipeline.UnknownStateException;
import io.plumbline.source.SourceException;
import io.plumbline.source.SparkMessage;
import io.plumbline.warehouse.ConflictException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * What a failure means to people and to schedulers.
 *
 * @param code the exit code
 * @param lines what went wrong and what to do, one line per problem
 */
record Failure(ExitCode code, List<String> lines) {

    Failure {
        lines = List.copyOf(lines);
    }

    /** The failure that an exception stands for. */
    static Failure of(Exception cause) {
        if (cause instanceof DefinitionException definitions) {
            return new Failure(ExitCode.DEFINITIONS, problems(definitions));
        }
        if (cause instanceof CommandLine.ParameterException usage) {
            return new Failure(ExitCode.USAGE, List.of(usage(usage)));
        }
        if (cause instanceof SourceException) {
            return new Failure(ExitCode.DEFINITIONS, List.of(message(cause)));
        }
        if (cause instanceof ConflictException) {
            return new Failure(ExitCode.TRANSIENT, List.of(message(cause)));
        }
        if (cause instanceof NotReadyException || cause instanceof UnknownStateException) {
            return new Failure(ExitCode.NOT_READY, List.of(message(cause)));
        }
        return new Failure(ExitCode.FAILURE, List.of(SparkMessage.of(cause)));
    }

    private static List<String> problems(DefinitionException definitions) {
        List<Problem> problems = definitions.problems();
        List<String> lines = new ArrayList<>();
        problems.forEach(problem -> lines.add(problem.toString()));
        lines.add(
                problems.size() == 1
                        ? "1 problem in the definitions"
                        : problems.size() + " problems in the definitions");
        return lines;
    }

    private static String usage(CommandLine.ParameterException usage) {
        String command = usage.getCommandLine().getCommandSpec().qualifiedName();
        return message(usage) + " (see " + command + " --help)";
    }

    private static String message(Exception cause) {
        return String.valueOf(cause.getMessage()).replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
