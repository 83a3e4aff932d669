package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.Interruption;
import io.twinflow.engine.cli.TerminalKind;
import io.twinflow.engine.cli.display.Display;
import io.twinflow.engine.cli.display.FailureText;
import io.twinflow.engine.cli.display.LiveDisplay;
import io.twinflow.engine.cli.display.NoDisplay;
import io.twinflow.engine.cli.display.PlainDisplay;
import io.twinflow.engine.cli.display.Summary;
import io.twinflow.engine.cli.display.TerminalSize;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.view.Outline;
import io.twinflow.engine.core.view.RunProgress;
import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.engine.core.view.TaskFailure;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Carries a run to its end before a person's eyes, and hands over its results. */
final class CarryOut {

  private static final int MOST_FAILURES = 3;

  private final Context context;
  private final DisplayOptions options;
  private final Engine engine;
  private final RemoteInputs remote;

  CarryOut(Context context, DisplayOptions options, EngineRoom room) {
    this.context = context;
    this.options = options;
    this.engine = room.engine();
    this.remote = room.remote();
  }

  /** A run that is taken up again goes on also if it was paused: that is what was asked for. */
  int resume(RunId run, Outline outline, Path outdir) throws CliException, InterruptedException {
    return execute(
        run,
        outline,
        outdir,
        event -> {
          if (event instanceof Event.RunOwned) {
            engine.proceed(run);
          }
        });
  }

  int execute(RunId run, Outline outline, Path outdir) throws CliException, InterruptedException {
    return execute(run, outline, outdir, event -> {});
  }

  private int execute(RunId run, Outline outline, Path outdir, Consumer<Event> first)
      throws CliException, InterruptedException {
    RunProgress progress = new RunProgress(outline);
    RunOutcome outcome = watch(run, progress, first);
    RecordValue results = HandOver.publish(engine, remote, run, outcome.outputs(), outdir);
    report(run, progress.snapshot(), outcome, outdir, HandOver.isAnyApart(results, outdir));
    print(results, outcome.state());
    return exitCode(outcome, progress.snapshot().failures());
  }

  private RunOutcome watch(RunId run, RunProgress progress, Consumer<Event> first)
      throws CliException, InterruptedException {
    try (Display display = display(progress);
        Interruption.Armed armed = context.interruption().on(() -> cancel(run, display))) {
      return engine.execute(
          run,
          envelope -> {
            first.accept(envelope.event());
            tell(envelope, progress, display);
          });
    } catch (FailureException e) {
      throw Failures.asCli(e);
    }
  }

  private void cancel(RunId run, Display display) {
    display.say("cancelling; what runs is being stopped (again: stop at once)");
    engine.cancel(run, "interrupted by the user");
  }

  private void tell(Envelope envelope, RunProgress progress, Display display) {
    progress.accept(envelope);
    switch (envelope.event()) {
      case Event.NoticeGiven notice -> display.say(Words.harmless(notice.text()));
      case Event.TaskSucceeded task -> verbose(task.execution(), display);
      case Event.TaskFailed task -> verbose(task.execution(), display);
      default -> {}
    }
  }

  private void verbose(
      Event.@org.jspecify.annotations.Nullable Execution execution, Display display) {
    if (options.verbose && execution != null) {
      display.say(
          "["
              + execution.whereabouts()
              + "] "
              + Words.harmless(FailureText.command(execution.command())));
    }
  }

  private Display display(RunProgress progress) {
    if (options.quiet) {
      return new NoDisplay();
    }
    if (context.invocation().terminal() == TerminalKind.SCREEN) {
      return new LiveDisplay(
          progress::snapshot,
          context.errStyle(),
          TerminalSize.watch(context.invocation().env()),
          Clock.systemUTC(),
          context.invocation().err());
    }
    return new PlainDisplay(progress::snapshot, context.invocation().err());
  }

  private void report(
      RunId run, RunSnapshot snapshot, RunOutcome outcome, Path outdir, boolean apart) {
    boolean well = outcome.state() == RunState.SUCCEEDED;
    List<TaskFailure> failures = snapshot.failures();
    failures.stream()
        .limit(MOST_FAILURES)
        .flatMap(failure ->
            FailureText.lines(failure, snapshot.workflowName(), context.errStyle()).stream())
        .forEach(context::say);
    if (failures.isEmpty() && !well) {
      outcome.failure().map(Failure::message).map(Words::harmless).ifPresent(context::say);
    }
    snapshot.leftBehind().forEach(left -> context.say("left behind: " + left));
    if (options.quiet && well) {
      return;
    }
    if (!options.quiet) {
      Summary.table(snapshot, width()).forEach(context::say);
    }
    context.say(Summary.line(snapshot));
    if (well && !outcome.outputs().fields().isEmpty()) {
      context.say("results: " + outdir);
      if (apart) {
        context.say("         (those whose names others have already are in its folders 2, 3, …)");
      }
    }
    context.say("run:     " + run);
    context.say("more:    twinflow show " + run);
    if (!well) {
      context.say("again:   twinflow retry " + run);
    }
  }

  private int width() {
    return context.invocation().terminal() == TerminalKind.NONE
        ? Integer.MAX_VALUE
        : TerminalSize.of(context.invocation().env()).columns() - 1;
  }

  private void print(RecordValue results, RunState state) throws CliException {
    if (state == RunState.CANCELLED) {
      return;
    }
    context.print(ValueJson.writePretty(results));
    if (context.invocation().out().checkError()) {
      throw CliException.failure("the output object could not be written to standard output");
    }
  }

  private int exitCode(RunOutcome outcome, List<TaskFailure> failures) {
    return switch (outcome.state()) {
      case SUCCEEDED -> ExitCode.SUCCESS;
      case CANCELLED ->
          context.interruption().wasRequested() ? ExitCode.INTERRUPTED : ExitCode.FAILURE;
      case FAILED, RUNNING, PAUSED, CANCELLING ->
          Stream.concat(outcome.failure().stream(), failures.stream().map(TaskFailure::failure))
              .mapToInt(Failures::exitCode)
              .max()
              .orElse(ExitCode.FAILURE);
    };
  }
}
