package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.engine.cli.client.ServerOption;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.view.Outline;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes a new run of an ended one and adopts what was finished. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description =
        "Makes a new run with the workflow and inputs of one that failed or was cancelled; what had"
            + " finished is adopted and not run again.",
    footer = {"", "Example:", "  twinflow retry latest --retries resources=2"})
final class RetryCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private OutdirOption outdir = new OutdirOption();
  @Mixin private DisplayOptions display = new DisplayOptions();
  @Mixin private BehaviourOptions behaviour = new BehaviourOptions();
  @Mixin private SiteOptions site = new SiteOptions();
  @Mixin private ServerOption server = new ServerOption();
  @Mixin private HomeOption home = new HomeOption();

  @Mixin private RunParameter wanted = new RunParameter();

  RetryCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    if (server.isGiven(context.invocation())) {
      return new RemoteCommand(context, server)
          .ask(wanted.text(), "retry", (id, run) -> tell(RemoteRun.text(run, "id")));
    }
    Path folder = home.writable(context.invocation());
    try (EngineRoom room = EngineRoom.open(context, folder, site)) {
      Engine engine = room.engine();
      RunId old = wanted.find(engine);
      Event.RunCreated created = FirstEvent.of(engine, old);
      Path results = outdir.writable(context.invocation(), created.options());
      WorkflowDocument document = engine.definition(old);
      Map<String, String> labels = new LinkedHashMap<>(created.labels());
      labels.putAll(behaviour.labels());
      RunOptions options = behaviour.options(site.containerUse()).withOutdir(results);
      if (options.sites().isEmpty()) {
        options = options.withSites(created.options().sites());
      }
      RunId run =
          engine.submit(
              new Engine.RunRequest(
                  document,
                  engine.value(old, created.inputs()),
                  options,
                  labels,
                  Optional.of(old)));
      return new CarryOut(context, display, room)
          .execute(run, Outline.of(document.process()), results);
    } catch (FailureException e) {
      throw Failures.asCli(e);
    }
  }

  private void tell(String run) {
    context.print(run);
    if (!display.quiet) {
      context.say("more:    twinflow watch " + run);
    }
  }
}
