package io.plumbline.cli;

import io.plumbline.definition.Project;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Checks the environment. */
@Command(name = "doctor", description = "Check Java, Spark, Delta, the session, the warehouse and all sources.")
final class DoctorCommand extends ProjectCommand {

    DoctorCommand(PlumblineCommand root) {
        super(root);
    }

    @Override
    ExitCode run() {
        Project project = root.project();
        List<Checkup.Finding> findings = new Checkup(root.spark(), project).findings();
        for (Checkup.Finding finding : findings) {
            root.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%-5s  %s%s",
                            finding.level(),
                            finding.text().replaceAll("\\.$", ""),
                            remedy(finding)));
        }
        root.out().flush();
        boolean failed = findings.stream().anyMatch(finding -> finding.level() == Checkup.Level.ERROR);
        return failed ? ExitCode.DEFINITIONS : ExitCode.OK;
    }

    private static String remedy(Checkup.Finding finding) {
        return finding.remedy().isEmpty() ? "" : "; " + finding.remedy();
    }
}
