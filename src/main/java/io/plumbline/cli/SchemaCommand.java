package io.plumbline.cli;

import io.plumbline.definition.JsonSchema;
import picocli.CommandLine.Command;

/** Prints the JSON schema of definitions. */
@Command(name = "schema", description = "Print the JSON schema of definition files, for editors.")
final class SchemaCommand extends ProjectCommand {

    SchemaCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        root.out().print(JsonSchema.text());
        root.out().flush();
        return ExitCode.OK;
    }
}
