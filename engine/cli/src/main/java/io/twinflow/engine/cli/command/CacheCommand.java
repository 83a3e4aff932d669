package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Looks into the call cache. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    description = "Looks into the call cache.")
final class CacheCommand implements Callable<Integer> {

  CacheCommand(Context context) {}

  @Override
  public Integer call() throws CliException {
    throw CliException.failure("the call cache is not built into this command yet");
  }
}
