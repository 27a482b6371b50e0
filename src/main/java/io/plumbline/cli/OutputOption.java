package io.plumbline.cli;

import picocli.CommandLine.Option;

/** The option that says for whom output is. */
final class OutputOption {

    @Option(
            names = "--output",
            paramLabel = "table|csv|json",
            description = "How rows are printed on standard output. Default: table.")
    private Output output = Output.TABLE;

    Output output() {
        return output;
    }
}
