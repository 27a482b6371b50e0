package io.plumbline.cli;

import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * The program. Returns from {@link #main} on success, so that a shared Spark session goes on; a failure ends the process
 * with its exit code where the process is the program's own, and is thrown where it belongs to a cluster.
 */
public final class Main {

    private Main() {}

    /**
     * Runs one command.
     *
     * @throws IllegalStateException if the command failed on a cluster, whose process must not be ended
     */
    public static void main(String[] args) {
        Surroundings surroundings = Surroundings.ofProcess();
        int code = execute(surroundings, args);
        surroundings.out().flush();
        surroundings.err().flush();
        if (code == ExitCode.OK.code()) {
            return;
        }
        if (Deployment.current() == Deployment.CLUSTER) {
            throw new IllegalStateException("plumbline failed with exit code " + code + "; the log says why");
        }
        System.exit(code);
    }

    private static int execute(Surroundings surroundings, String... args) {
        try {
            return commandLine(surroundings).execute(args);
        } finally {
            surroundings.sessions().close();
        }
    }

    /** The program as picocli knows it, with all its commands. */
    static CommandLine commandLine(Surroundings surroundings) {
        PlumblineCommand root = new PlumblineCommand(surroundings);
        CommandLine commands = new CommandLine(root);
        commands.addSubcommand(new ValidateCommand(root));
        commands.addSubcommand(new LsCommand(root));
        commands.addSubcommand(new SchemaCommand(root));
        commands.addSubcommand(new InitCommand(root));
        commands.addSubcommand(new CommandLine(new ExplainCommand())
                .addSubcommand(new ExplainMetricCommand(root))
                .addSubcommand(new ExplainRunCommand(root)));
        commands.addSubcommand(new RunCommand(root));
        commands.addSubcommand(new BackfillCommand(root));
        commands.addSubcommand(new AnalyzeCommand(root));
        commands.addSubcommand(new PowerCommand(root));
        commands.addSubcommand(new PreviewCommand(root));
        commands.addSubcommand(new ReconcileCommand(root));
        commands.addSubcommand(new ShowCommand(root));
        commands.addSubcommand(new RunsCommand(root));
        commands.addSubcommand(new DiffCommand(root));
        commands.addSubcommand(new MaintainCommand(root));
        commands.addSubcommand(new DemoCommand(root));
        commands.addSubcommand(new DoctorCommand(root));
        commands.addSubcommand(new AutoComplete.GenerateCompletion());
        return commands.setOut(surroundings.out())
                .setErr(surroundings.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, args) -> root.failed(failure))
                .setExecutionExceptionHandler((failure, line, parsed) -> root.failed(failure));
    }
}
