package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands in the list of commands; the launcher starts the server as a program of its own. */
@Command(
    name = "serve",
    description = "Serves workflows to a group: REST, GA4GH WES and OGC API Processes.")
final class ServeCommand implements Callable<Integer> {

  @Parameters(hidden = true)
  private List<String> ignored = List.of();

  @Override
  public Integer call() throws CliException {
    throw CliException.usage(
        "the server is started with 'serve' as the first word: ./twinflow serve --help"
            + (ignored.isEmpty() ? "" : "; not read here: " + String.join(" ", ignored)));
  }
}
