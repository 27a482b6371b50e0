package io.plumbline.cli;

import io.plumbline.definition.Modified;
import io.plumbline.definition.Project;
import io.plumbline.definition.ProjectLoader;
import io.plumbline.pipeline.Plumbline;
import io.plumbline.source.SparkGrammar;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself, and the options that every command takes. */
@Command(
        name = "plumbline",
        description = "Experiment metrics on your own lakehouse.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = PlumblineCommand.Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ok",
            "1:unexpected failure, or a step of a run failed",
            "2:wrong use of the command line",
            "65:a data check failed, results are withheld",
            "75:a transient failure, a write conflict after 3 tries, or another run that began later; try again when it has ended",
            "78:definitions or configuration cannot be used",
            "99:data is not ready"
        })
final class PlumblineCommand {

    private final Surroundings surroundings;

    @Option(
            names = "--project",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder that holds plumbline.yml. Default: $PLUMBLINE_PROJECT, else the working folder.")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean verbose;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            scope = ScopeType.INHERIT,
            description = "How lines on standard error are written. Default: text.")
    private LogFormat logFormat = LogFormat.TEXT;

    PlumblineCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** How lines for people are written. */
    enum LogFormat {
        TEXT,
        JSON
    }

    /** The project's folder. */
    Path folder() {
        String variable = surroundings.environment().getOrDefault("PLUMBLINE_PROJECT", "");
        return folder.or(() ->
                        Optional.of(variable).filter(text -> !text.isBlank()).map(Path::of))
                .map(surroundings.folder()::resolve)
                .orElse(surroundings.folder());
    }

    /** The project, checked. */
    Project project() {
        return project(folder());
    }

    /** The project of any folder, checked. */
    Project project(Path of) {
        return ProjectLoader.load(of, surroundings.environment(), new SparkGrammar());
    }

    /** Spark, started if need be. */
    SparkSession spark() {
        return surroundings.sessions().session();
    }

    /** The Java API over a project. */
    Plumbline plumbline(Project project) {
        return Plumbline.on(spark(), project);
    }

    /** How the definitions stand to what runs have computed: Spark is started when it is asked, and it is found out once. */
    Supplier<Modified> state(Project project) {
        AtomicReference<@Nullable Modified> known = new AtomicReference<>();
        return () -> Objects.requireNonNull(
                known.updateAndGet(found -> found == null ? plumbline(project).modified() : found));
    }

    PrintWriter out() {
        return surroundings.out();
    }

    Clock clock() {
        return surroundings.clock();
    }

    Path workingFolder() {
        return surroundings.folder();
    }

    /** What people read. */
    Console console() {
        return new Console(surroundings.err(), logFormat, surroundings.clock());
    }

    /** Says what went wrong, in one line per problem; the exit code that stands for it. */
    int failed(Exception cause) {
        Failure failure = Failure.of(cause);
        failure.lines().forEach(console()::error);
        if (verbose) {
            cause.printStackTrace(surroundings.err());
        } else if (failure.code() == ExitCode.FAILURE) {
            console().info("Give --verbose to see the stack trace.");
        }
        return failure.code().code();
    }

    /** The version of the program, as its jar says, and of what it runs on. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String own = PlumblineCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "plumbline " + (own == null ? "(not from a jar)" : own),
                "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name")
            };
        }
    }
}
