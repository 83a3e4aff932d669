package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.files.ToolPaths;
import io.twinflow.executors.local.files.DiskSpace;
import io.twinflow.executors.local.files.HostStaging;
import io.twinflow.executors.local.files.InputWatch;
import io.twinflow.executors.local.process.Ending;
import io.twinflow.executors.local.process.Launch;
import io.twinflow.executors.local.process.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The machine itself: inputs are links, and the tool is a process of the caller's. */
final class HostGround implements Ground {

  private static final int SIGKILL = 9;

  private final MemoryKills memoryKills = new MemoryKills();
  private final Bubblewrap sandbox;

  HostGround(Bubblewrap sandbox) {
    this.sandbox = sandbox;
  }

  @Override
  public Ready prepare(TaskSpec task, AttemptFolder folder, AttemptPaths paths)
      throws IOException, AttemptFailure {
    List<Path> roots = List.of(folder.out(), folder.in(), paths.tmp(task.attempt()));
    new HostStaging(roots, folder.secrets()).stage(task.staging());
    InputWatch inputs = new InputWatch(task.staging());
    Map<String, String> environment = new LinkedHashMap<>(task.environment());
    Marker marker = Marker.of(task.attempt());
    environment.put(Marker.NAME, marker.value());
    String stdin = task.stdin();
    Launch launch =
        new Launch(
            ProgramPath.find(
                task.command().getFirst(),
                task.environment(),
                folder.out(),
                sandbox.seenBesides(roots)),
            task.command(),
            environment,
            folder.out(),
            Streams.stdin(stdin == null ? null : Path.of(stdin)),
            Streams.open(folder, LogStream.STDOUT, task.stdout()),
            Streams.errors(folder, task));
    return new OnHost(
        sandbox.around(launch, task, roots, folder.sandbox()), inputs, memoryKills.fromNow(), task);
  }

  @Override
  public ToolPaths paths(TaskSpec task, AttemptFolder folder, AttemptPaths paths) {
    return ToolPaths.same();
  }

  @Override
  public boolean stopRemains(AttemptKey attempt, Duration grace) {
    return true;
  }

  private record OnHost(
      Launch launch, InputWatch inputs, BooleanSupplier memoryRanOut, TaskSpec task)
      implements Ready {

    @Override
    public Outcome outcome(Ending ending) throws IOException, AttemptFailure {
      inputs.check();
      Optional<String> noSandbox = SandboxStart.failure(launch, ending);
      if (noSandbox.isPresent()) {
        return new Outcome.Failed(
            FailureKind.INFRASTRUCTURE,
            "the tool was not started, because its sandbox could not be made: " + noSandbox.get());
      }
      if (wasKilled(ending) && memoryRanOut.getAsBoolean()) {
        return new Outcome.Failed(
            FailureKind.RESOURCES,
            "the system killed it because memory ran out; it had reserved %d MiB (ResourceRequirement ramMin)"
                .formatted(task.resources().memoryMiB()),
            new Shortage.Memory());
      }
      if (ending.signal() != 0) {
        return new Outcome.Failed(FailureKind.TASK, "ended by " + Signals.name(ending.signal()));
      }
      if (ending.code() != 0 && DiskSpace.full(launch.directory())) {
        return new Outcome.Failed(
            FailureKind.RESOURCES,
            "exit code %d, and the disk of %s is full"
                .formatted(ending.code(), launch.directory()));
      }
      return new Outcome.Exited(ending.code());
    }

    @Override
    public boolean canStartAgain(Ending ending) throws IOException {
      return SandboxStart.failure(launch, ending).isPresent();
    }

    /** It, or a process whose code its shell has passed on. */
    private static boolean wasKilled(Ending ending) {
      return ending.signal() == SIGKILL || ending.code() == 128 + SIGKILL;
    }

    @Override
    public void stop(Duration grace) {}

    @Override
    public void ended() {}

    @Override
    public String siteId(long pid) {
      return Long.toString(pid);
    }

    @Override
    public boolean seesUsage() {
      return true;
    }

    @Override
    public @Nullable String imageDigest() {
      return null;
    }
  }
}
