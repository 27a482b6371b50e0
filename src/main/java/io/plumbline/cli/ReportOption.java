package io.plumbline.cli;

import picocli.CommandLine.Option;

/** The option that says for whom a command tells what it did or found; it is no table of rows. */
final class ReportOption {

    @Option(
            names = "--output",
            paramLabel = "table|json",
            description = "json: print on standard output what was done or found. Default: table.")
    private Output output = Output.TABLE;

    /**
     * For people or for programs.
     *
     * @throws IllegalArgumentException for spreadsheets
     */
    Output output() {
        if (output == Output.CSV) {
            throw new IllegalArgumentException("--output of this command is table or json");
        }
        return output;
    }
}
