package io.twinflow.engine.cli.command;

import picocli.CommandLine.Command;

/** The words before any command. */
@Command(
    name = "twinflow",
    description = "Runs the workflows of digital twins, written in CWL, and remembers them.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  twinflow run workflow.cwl inputs.yml --outdir results",
      "  twinflow run workflow.cwl --help        which inputs it takes",
      "  twinflow show latest                    what happened",
      "  twinflow resume latest                  go on after a crash",
      "",
      "TWINFLOW_HOME is where runs are kept (default: ~/.twinflow).",
      "Exit codes: 0 success, 1 failure, 2 wrong usage, 33 something unsupported is required."
    })
final class RootCommand {}
