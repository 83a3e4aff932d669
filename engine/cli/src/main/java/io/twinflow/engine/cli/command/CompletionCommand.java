package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.ExitCode;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Writes the completion script. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Writes a script that completes commands and options in bash and zsh.",
    footer = {
      "",
      "Examples:",
      "  source <(twinflow completion)",
      "  twinflow completion > ~/.local/share/bash-completion/completions/twinflow"
    })
final class CompletionCommand implements Callable<Integer> {

  private final Context context;
  private final Supplier<CommandLine> whole;

  CompletionCommand(Context context, Supplier<CommandLine> whole) {
    this.context = context;
    this.whole = whole;
  }

  @Override
  public Integer call() {
    context.print(AutoComplete.bash("twinflow", whole.get()));
    return ExitCode.SUCCESS;
  }
}
