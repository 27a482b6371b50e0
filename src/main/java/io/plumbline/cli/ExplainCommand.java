package io.plumbline.cli;

import picocli.CommandLine.Command;

/** Explains a metric or a run; says nothing by itself. */
@Command(
        name = "explain",
        description = "Show how a metric is computed, or what a run computes.",
        subcommandsRepeatable = false,
        synopsisSubcommandLabel = "(metric | run)")
final class ExplainCommand {}
