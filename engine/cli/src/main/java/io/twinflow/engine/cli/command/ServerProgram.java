package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Commands of the server's program: they stand in the list of commands, and the launcher starts the
 * other program for them.
 */
abstract class ServerProgram implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(hidden = true)
  private List<String> ignored = List.of();

  @Override
  public Integer call() throws CliException {
    String word = spec.name();
    throw CliException.usage(
        "the server's program is started with '%1$s' as the first word: ./twinflow %1$s --help%2$s"
            .formatted(
                word.substring(word.lastIndexOf(' ') + 1),
                ignored.isEmpty() ? "" : "; not read here: " + String.join(" ", ignored)));
  }

  @Command(
      name = "serve",
      description = "Serves workflows to a group: REST, GA4GH WES and OGC API Processes.")
  static final class Serve extends ServerProgram {}

  @Command(name = "backup", description = "Writes everything a server keeps into one archive.")
  static final class Backup extends ServerProgram {}

  @Command(name = "restore", description = "Makes a server's data folder of a backup.")
  static final class Restore extends ServerProgram {}
}
