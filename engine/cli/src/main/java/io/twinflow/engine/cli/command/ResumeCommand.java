package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.view.Outline;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on with a run whose engine died. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description =
        "Goes on with a run that was cut off: first what it left running is stopped, then what is not"
            + " finished is run again. The workflow's files are not read again.",
    footer = {"", "Example:", "  twinflow resume latest --outdir results"})
final class ResumeCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private OutdirOption outdir = new OutdirOption();
  @Mixin private DisplayOptions display = new DisplayOptions();
  @Mixin private SiteOptions site = new SiteOptions();
  @Mixin private HomeOption home = new HomeOption();

  @Parameters(paramLabel = "RUN", description = "The run's id, a beginning of it, or latest.")
  private String wanted = "";

  ResumeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    Path results = outdir.writable(context.invocation());
    Path folder = home.writable(context.invocation());
    try (EngineRoom room = EngineRoom.open(context, folder, site)) {
      Engine engine = room.engine();
      RunId run = RunIds.find(engine, wanted);
      Outline outline = Outline.of(engine.definition(run).process());
      return new CarryOut(context, display, engine).execute(run, outline, results);
    } catch (FailureException e) {
      throw Failures.asCli(e);
    }
  }
}
