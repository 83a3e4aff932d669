package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.client.Connection;
import io.twinflow.engine.cli.client.FetchOutputs;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.engine.cli.client.ServerOption;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings what a run of a server made. */
@Command(
    name = "outputs",
    mixinStandardHelpOptions = true,
    description =
        "Downloads the outputs of a run of a server, checked, and prints the output object.",
    footer = {"", "Example:", "  twinflow outputs latest --outdir results"})
final class OutputsCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private OutdirOption outdir = new OutdirOption();

  @Option(names = "--no-download", description = "Only print the output object.")
  private boolean onlyPrint;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's id, or latest.")
  private String run = "";

  OutputsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    return new RemoteCommand(context, server).on(run, this::fetch);
  }

  private int fetch(Connection connection, String id) throws CliException, InterruptedException {
    RemoteRun found = RemoteRun.read(connection, id);
    if (!found.hasEnded()) {
      throw CliException.failure(
          "run %s has not ended (%s); wait for it: twinflow watch %1$s"
              .formatted(id, found.state()));
    }
    if (!(connection.get(RemoteRun.path(id) + "/outputs").get("outputs")
        instanceof RecordValue outputs)) {
      throw CliException.failure("run " + id + " has no outputs");
    }
    context.print(ValueJson.writePretty(onlyPrint ? outputs : fetched(connection, outputs)));
    return ExitCode.SUCCESS;
  }

  private Value fetched(Connection connection, RecordValue outputs)
      throws CliException, InterruptedException {
    Path folder = outdir.writable(context.invocation());
    Value here = new FetchOutputs(connection).into(folder, outputs);
    if (HandOver.isAnyApart(here, folder)) {
      context.say(
          "%s: what was there stays; results of the same names are in its folders 2, 3, …"
              .formatted(folder));
    }
    return here;
  }
}
