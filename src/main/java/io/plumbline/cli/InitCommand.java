package io.plumbline.cli;

import io.plumbline.definition.Project;
import picocli.CommandLine.Command;

/** Creates the output tables. */
@Command(name = "init", description = "Create the output tables that do not exist yet.")
final class InitCommand extends ProjectCommand {

    InitCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Project project = root.project();
        root.plumbline(project).init();
        root.console().info("Done. The tables are in " + place(project.warehouse()));
        return ExitCode.OK;
    }

    /** Where people find a warehouse. */
    static String place(Project.Warehouse warehouse) {
        return warehouse instanceof Project.Warehouse.Folder folder
                ? folder.path()
                : ((Project.Warehouse.Schema) warehouse).name();
    }
}
