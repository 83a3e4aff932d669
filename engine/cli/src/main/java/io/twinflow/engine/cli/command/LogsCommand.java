package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.view.TaskList;
import io.twinflow.engine.core.view.TaskView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Mixin private HomeOption home = new HomeOption();

  @Option(names = "--stderr", description = "Only what went to stderr.")
  private boolean onlyStderr;

  @Option(names = "--stdout", description = "Only what went to stdout and into no output file.")
  private boolean onlyStdout;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the run has ended.")
  private boolean follow;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The run's id, a beginning of it, or latest.")
  private String wanted = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "STEP",
      description = "A step, or one shard as in /step[17].")
  private @Nullable String step;

  private final Map<Path, Long> written = new HashMap<>();
  private String heading = "";

  LogsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    Path folder = home.path(context.invocation());
    try (EngineRoom room = EngineRoom.openToRead(context, folder)) {
      Engine engine = room.engine();
      RunId run = RunIds.find(engine, wanted);
      RunFolder runFolder = RunFolder.of(folder, run);
      boolean held = follow;
      do {
        held = follow && runFolder.isHeld();
        TaskList tasks = new TaskList(step == null ? address -> true : TaskList.in(step));
        engine.read(run, tasks);
        if (tasks.tasks().isEmpty() && !held) {
          throw CliException.failure(
              (step == null ? run.value() : step)
                  + ": no task of this run has this name or ran yet");
        }
        write(tasks.tasks(), runFolder);
        if (held) {
          Thread.sleep(INTERVAL);
        }
      } while (held && !context.invocation().out().checkError());
      return ExitCode.SUCCESS;
    } catch (FailureException e) {
      throw Failures.asCli(e);
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, "a log cannot be read: " + e.getMessage(), e);
    }
  }

  private void write(List<TaskView> tasks, RunFolder folder) throws IOException {
    for (TaskView task : tasks) {
      for (int attempt = 1; attempt <= task.attempts(); attempt++) {
        Path place = folder.path().resolve("work").resolve(task.task() + "." + attempt);
        String name = task.address() + (task.attempts() > 1 ? " attempt " + attempt : "");
        if (!onlyStdout) {
          copy(place.resolve("stderr.log"), name + " stderr");
        }
        if (!onlyStderr) {
          copy(place.resolve("stdout.log"), name + " stdout");
        }
      }
    }
    context.invocation().out().flush();
  }

  /** What is new in a log since it was last written. */
  private void copy(Path log, String name) throws IOException {
    long from = written.getOrDefault(log, 0L);
    if (!Files.isRegularFile(log) || Files.size(log) <= from) {
      return;
    }
    if (!heading.equals(name)) {
      context.print("==> " + name + " <==");
      heading = name;
    }
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(from);
      written.put(log, from + in.transferTo(context.invocation().out()));
    }
  }
}
