package io.twinflow.executors.local;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.local.container.ContainerEnd;
import io.twinflow.executors.local.container.ContainerEngine;
import io.twinflow.executors.local.files.AbsoluteLinks;
import io.twinflow.executors.local.files.BindMount;
import io.twinflow.executors.local.files.ContainerStaging;
import io.twinflow.executors.local.files.DiskSpace;
import io.twinflow.executors.local.process.Ending;
import io.twinflow.executors.local.process.Launch;
import io.twinflow.executors.local.process.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** An attempt that runs in a container, seen through the engine's client process. */
record InContainer(
    ContainerEngine engine,
    TaskSpec task,
    AttemptFolder folder,
    Launch launch,
    List<BindMount> mounts,
    ContainerStaging staging,
    String imageDigest,
    BooleanSupplier memoryRanOut,
    boolean isLimited)
    implements Ready {

  /** From here on a code may be the engine's own (docker-run(1), "EXIT STATUS"). */
  private static final int ENGINE_CODES = 125;

  /** SIGKILL. Podman with runc does not say for what; the kernel's count does. */
  private static final int KILLED = 128 + 9;

  private String name() {
    return task.attempt().value();
  }

  @Override
  public Outcome outcome(Ending ending) throws IOException {
    if (ending.signal() != 0) {
      return new Outcome.Failed(
          FailureKind.INFRASTRUCTURE,
          "the client of %s was ended by %s"
              .formatted(engine.name(), Signals.name(ending.signal())));
    }
    int code = ending.code();
    if (code != 0 && DiskSpace.full(folder.out())) {
      return new Outcome.Failed(
          FailureKind.RESOURCES,
          "exit code %d, and the disk of %s is full".formatted(code, folder.out()));
    }
    return code == 0 ? new Outcome.Exited(0) : closer(code);
  }

  private Outcome closer(int code) throws IOException {
    ContainerEnd end = engine.inspect(name());
    if (end.outOfMemory() || (code == KILLED && memoryRanOut.getAsBoolean())) {
      return new Outcome.Failed(FailureKind.RESOURCES, tooMuchMemory(code), new Shortage.Memory());
    }
    if (code < ENGINE_CODES) {
      return new Outcome.Exited(code);
    }
    if (!end.known() || !end.started()) {
      String why = end.error().isEmpty() ? lastWords() : end.error();
      boolean program = code == 126 || code == 127;
      return new Outcome.Failed(
          program ? FailureKind.USER : FailureKind.INFRASTRUCTURE,
          "%s could not start '%s' in image %s: %s"
              .formatted(engine.name(), task.displayCommand().getFirst(), imageName(), why));
    }
    return new Outcome.Exited(end.code());
  }

  private String tooMuchMemory(int code) {
    return isLimited
        ? "killed for memory (exit code %d): it used more than its %d MiB (ResourceRequirement ramMin)"
            .formatted(code, task.resources().memoryMiB())
        : "killed for memory (exit code %d): the machine ran out of it; reserve what the tool needs (ResourceRequirement ramMin)"
            .formatted(code);
  }

  private String imageName() {
    return task.container() == null ? "?" : task.container().imageId();
  }

  /** The client tells on the tool's own stderr what it could not do. */
  private String lastWords() throws IOException {
    Path stderr = launch.stderr();
    if (!Files.exists(stderr)) {
      return "it gave no reason";
    }
    try (var lines = Files.lines(stderr)) {
      return lines
          .filter(l -> !l.isBlank())
          .reduce((a, b) -> a.contains("rror") ? a : b)
          .orElse("it gave no reason");
    } catch (UncheckedIOException e) {
      return "its reason is in " + stderr;
    }
  }

  @Override
  public void stop(Duration grace) {
    try {
      engine.stop(name(), grace);
    } catch (IOException e) {
      System.getLogger(InContainer.class.getName())
          .log(System.Logger.Level.WARNING, "cannot stop container " + name(), e);
    }
  }

  @Override
  public void ended() throws IOException {
    engine.remove(name());
    AbsoluteLinks.translate(folder.out(), staging.paths());
    ContainerStaging.leaveLinks(mounts, staging.folders());
    Files.deleteIfExists(folder.container());
    Files.deleteIfExists(folder.variables());
  }

  @Override
  public String siteId(long pid) {
    return name();
  }

  @Override
  public boolean seesUsage() {
    return false;
  }
}
