package io.plumbline.cli;

import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands have: the program's options, and one way to say that an argument is wrong. */
abstract class ProjectCommand implements Callable<Integer> {

    /** The program's options and surroundings. */
    protected final PlumblineCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ProjectCommand(PlumblineCommand root) {
        this.root = root;
    }

    @Override
    public final Integer call() {
        return run().code();
    }

    /** Does the work. */
    abstract ExitCode run();

    /** Wrong use of the command, in one line. */
    final CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /** A value made of arguments; where they are wrong, that is a wrong use of the command. */
    final <T> T argument(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    /** A name, if it is one of those that there are. */
    final String known(String noun, String name, Collection<String> names) {
        if (!names.contains(name)) {
            String there = names.isEmpty() ? "; the project has none" : "; there are " + String.join(", ", names);
            throw usage("no " + noun + " is named '" + name + "'" + there);
        }
        return name;
    }
}
