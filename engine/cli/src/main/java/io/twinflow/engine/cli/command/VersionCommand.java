package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Tells which Twinflow this is. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Tells which Twinflow this is, and on what it runs.")
final class VersionCommand implements Callable<Integer> {

  private final Context context;

  VersionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.print(text());
    return ExitCode.SUCCESS;
  }

  static String text() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return "twinflow "
        + (version == null ? "unbuilt" : version)
        + " (CWL v1.0, v1.1, v1.2; Java "
        + Runtime.version().feature()
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ")";
  }
}
