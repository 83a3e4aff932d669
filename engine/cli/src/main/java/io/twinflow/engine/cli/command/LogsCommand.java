package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.client.ServerOption;
import io.twinflow.engine.cli.display.FailureText;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.view.TaskList;
import io.twinflow.engine.core.view.TaskView;
import io.twinflow.executors.api.LogStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what the tools of a run wrote. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Writes what the tools of a run wrote to stderr and stdout.",
    footer = {
      "",
      "Examples:",
      "  twinflow logs latest simulate",
      "  twinflow logs latest '/calibrate[17]' --stdout",
      "  twinflow logs latest --follow"
    })
final class LogsCommand implements Callable<Integer> {

  private static final Duration INTERVAL = Duration.ofMillis(300);

  private final Context context;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private HomeOption home = new HomeOption();
  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private RunAndStep wanted = new RunAndStep();

  @Option(names = "--stderr", description = "Only what went to stderr.")
  private boolean onlyStderr;

  @Option(names = "--stdout", description = "Only what went to stdout and into no output file.")
  private boolean onlyStdout;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the run has ended.")
  private boolean follow;

  private final Map<String, Long> written = new HashMap<>();
  private String heading = "";

  LogsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    if (server.isGiven(context.invocation())) {
      List<String> streams =
          onlyStdout
              ? List.of("stdout")
              : onlyStderr ? List.of("stderr") : List.of("stderr", "stdout");
      return new RemoteCommand(context, server)
          .on(
              wanted.text(),
              new RemoteLogs(context, wanted.name().orElse(""), streams, follow)::write);
    }
    Path folder = home.path(context.invocation());
    try (EngineRoom room =
        EngineRoom.openToRead(context, folder, config.read(context.invocation(), folder))) {
      Engine engine = room.engine();
      RunId run = wanted.run(engine);
      String only = wanted.address(engine, run).orElse(null);
      String workflow = FirstEvent.of(engine, run).workflowName();
      boolean held = follow;
      do {
        held = follow && engine.storage().isHeld(run);
        TaskList tasks = new TaskList(only == null ? address -> true : TaskList.in(only));
        engine.read(run, tasks);
        if (tasks.tasks().isEmpty() && !held) {
          throw CliException.failure(
              wanted.name().orElse(run.value())
                  + ": no task of this run has this name or ran yet."
                  + StepNames.hint(engine, run, wanted.name().orElse("")));
        }
        write(tasks.tasks(), engine, run, workflow);
        if (held) {
          Thread.sleep(INTERVAL);
        }
      } while (held && !context.invocation().out().checkError());
      if (written.isEmpty()) {
        context.say(nothing(workflow));
      }
      return ExitCode.SUCCESS;
    } catch (FailureException e) {
      throw Failures.asCli(e);
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, "a log cannot be read: " + e.getMessage(), e);
    }
  }

  private String nothing(String workflow) {
    String streams = onlyStdout ? "stdout" : onlyStderr ? "stderr" : "stderr or stdout";
    return wanted.name().orElse(workflow)
        + ": wrote nothing to "
        + streams
        + " here (what went into an output file, and calls from the cache, have no log).";
  }

  private void write(List<TaskView> tasks, Engine engine, RunId run, String workflow)
      throws IOException {
    for (TaskView task : tasks) {
      for (int attempt = 1; attempt <= task.attempts(); attempt++) {
        String name =
            FailureText.place(task.address(), workflow)
                + (task.attempts() > 1 ? " attempt " + attempt : "");
        if (!onlyStdout) {
          copy(engine.log(run, task.task(), attempt, LogStream.STDERR), name + " stderr");
        }
        if (!onlyStderr) {
          copy(engine.log(run, task.task(), attempt, LogStream.STDOUT), name + " stdout");
        }
      }
    }
    context.invocation().out().flush();
  }

  /** What is new in a log since it was last written. */
  private void copy(InputStream whole, String name) throws IOException {
    try (PushbackInputStream log = new PushbackInputStream(whole)) {
      long from = written.getOrDefault(name, 0L);
      log.skipNBytes(from);
      int first = log.read();
      if (first < 0) {
        return;
      }
      log.unread(first);
      if (!heading.equals(name)) {
        context.print("==> " + name + " <==");
        heading = name;
      }
      written.put(name, from + log.transferTo(context.invocation().out()));
    }
  }
}
