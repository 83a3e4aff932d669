package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.Storage;
import io.twinflow.engine.core.cache.CacheExplain;
import io.twinflow.engine.core.cache.CacheExplanation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks into the call cache. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    description = "Looks into the call cache, which gives finished calls to later runs.",
    footer = {
      "",
      "Examples:",
      "  twinflow cache explain latest simulate     which part of the call is new",
      "  twinflow cache size",
      "  twinflow cache clear"
    })
final class CacheCommand implements Runnable {

  private static final int MOST = 20;

  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  CacheCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected explain RUN STEP, size or clear");
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = "Tells why the tasks of a step were run, or where their outputs came from.")
  int explain(
      @Mixin HomeOption home,
      @Parameters(index = "0", paramLabel = "RUN", description = RunParameter.WHAT) String wanted,
      @Parameters(index = "1", paramLabel = "STEP", description = RunAndStep.STEP) String step)
      throws CliException {
    try (EngineRoom room = EngineRoom.openToRead(context, home.path(context.invocation()))) {
      RunId run = RunIds.find(room.engine(), wanted);
      List<CacheExplanation> all =
          new CacheExplain(room.engine()).explain(run, StepNames.address(room.engine(), run, step));
      if (all.isEmpty()) {
        throw CliException.failure(
            step + ": no task of run " + run + " has this name. See: twinflow show " + run);
      }
      all.stream().limit(MOST).forEach(this::print);
      if (all.size() > MOST) {
        context.print("… and " + (all.size() - MOST) + " more; name one, as in /step[17]");
      }
      return ExitCode.SUCCESS;
    } catch (FailureException e) {
      throw Failures.asCli(e);
    }
  }

  private void print(CacheExplanation task) {
    if (task.hit().isPresent()) {
      context.print(task.address() + ": " + RunJson.origin(task.hit().get()));
    } else if (!task.keyed()) {
      context.print(task.address() + ": run, because caching was off or refused for it");
    } else if (task.comparedWith().isEmpty()) {
      context.print(task.address() + ": run, because no earlier run has a call of this step");
    } else {
      CacheExplanation.Compared other = task.comparedWith().get();
      context.print(
          task.address()
              + ": run; the nearest earlier call is "
              + other.address()
              + " of "
              + other.run()
              + (task.differences().isEmpty()
                  ? ", which is the same, but its outputs are gone or were changed"
                  : ", which differs in:"));
      task.differences()
          .forEach(difference ->
              context.print(
                  "  "
                      + difference.component()
                      + ": "
                      + Words.fit(difference.here(), 16)
                      + " here, "
                      + Words.fit(difference.there(), 16)
                      + " there"));
    }
  }

  @Command(
      name = "size",
      mixinStandardHelpOptions = true,
      description = "Tells how much the cache's own records take; outputs lie in the runs.")
  int size(@Mixin HomeOption home) throws CliException {
    try (EngineRoom room = EngineRoom.openToRead(context, home.path(context.invocation()))) {
      context.print(Words.bytes(room.engine().storage().cacheSize()));
      return ExitCode.SUCCESS;
    } catch (FailureException e) {
      throw Failures.asCli(e);
    }
  }

  @Command(
      name = "clear",
      mixinStandardHelpOptions = true,
      description = "Forgets all finished calls; runs and their outputs stay.")
  int clear(@Mixin HomeOption home) throws CliException {
    try (EngineRoom room = EngineRoom.openToRead(context, home.path(context.invocation()))) {
      Storage storage = room.engine().storage();
      long size = storage.cacheSize();
      storage.clearCache();
      context.print("forgot " + Words.bytes(size) + " of finished calls");
      return ExitCode.SUCCESS;
    } catch (FailureException e) {
      throw Failures.asCli(e);
    }
  }
}
