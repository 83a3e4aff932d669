package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.files.ToolPaths;
import io.twinflow.executors.local.container.ContainerEngine;
import io.twinflow.executors.local.container.EngineLimits;
import io.twinflow.executors.local.container.Images;
import io.twinflow.executors.local.container.RunCommand;
import io.twinflow.executors.local.files.BindMount;
import io.twinflow.executors.local.files.ContainerStaging;
import io.twinflow.executors.local.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A container: inputs are read-only mounts, and the tool is a process of the engine's. */
final class ContainerGround implements Ground {

  private final ContainerEngine engine;
  private final Images images;
  private final MemoryKills memoryKills = new MemoryKills();
  private @Nullable EngineLimits limits;

  ContainerGround(ContainerEngine engine) {
    this.engine = engine;
    this.images = new Images(engine);
  }

  Optional<String> imageDigest(ContainerSpec container) {
    return images.known(container);
  }

  @Override
  public Ready prepare(TaskSpec task, AttemptFolder folder, AttemptPaths paths)
      throws IOException, AttemptFailure {
    ContainerSpec container = Objects.requireNonNull(task.container(), "container");
    String digest = images.ensure(container);
    ContainerStaging staging = staging(task, folder, paths);
    List<BindMount> mounts = staging.stage(task.staging());
    Map<String, String> environment = new LinkedHashMap<>(System.getenv());
    RunCommand.passValues(task, environment);
    Marker marker = Marker.of(task.attempt());
    environment.put(Marker.NAME, marker.value());
    String stdin = task.stdin();
    RunCommand command = new RunCommand(engine, limits(), user(folder));
    Launch launch =
        new Launch(
            engine.program(),
            command.arguments(task, container.imageId(), mounts, variables(task, folder)),
            environment,
            folder.path(),
            Streams.stdin(
                stdin == null
                    ? null
                    : staging.paths().toHost(Path.of(stdin)).orElse(Path.of(stdin))),
            Streams.open(folder, LogStream.STDOUT, task.stdout()),
            Streams.errors(folder, task));
    Files.writeString(folder.container(), engine.name() + "\n");
    return new InContainer(
        engine,
        task,
        folder,
        launch,
        mounts,
        staging,
        digest,
        memoryKills.fromNow(),
        command.limitsMemory(task.resources()));
  }

  /** Removed with the secrets when the attempt is released, or sooner, when it has ended. */
  private static @Nullable Path variables(TaskSpec task, AttemptFolder folder)
      throws IOException, AttemptFailure {
    String lines = RunCommand.forFile(task);
    if (lines.isEmpty()) {
      return null;
    }
    folder.secrets().write(folder.variables(), lines);
    return folder.variables();
  }

  private static ContainerStaging staging(TaskSpec task, AttemptFolder folder, AttemptPaths paths)
      throws IOException {
    Files.createDirectories(folder.in());
    return new ContainerStaging(
        task.layout(),
        folder.out(),
        paths.tmp(task.attempt()),
        folder.in(),
        folder.path().resolve("mounts"),
        folder.secrets());
  }

  @Override
  public ToolPaths paths(TaskSpec task, AttemptFolder folder, AttemptPaths paths) {
    return new ToolPaths(
        List.of(
            new ToolPaths.Mount(Path.of(task.layout().outdir()), folder.out()),
            new ToolPaths.Mount(Path.of(task.layout().inputs()), folder.in())));
  }

  @Override
  public boolean stopRemains(AttemptKey attempt, Duration grace) throws IOException {
    return engine.removeForGood(attempt.value());
  }

  private synchronized EngineLimits limits() throws IOException {
    EngineLimits known = limits;
    if (known == null) {
      known = EngineLimits.of(engine);
      limits = known;
    }
    return known;
  }

  /** The caller, who owns the folder that was just made. */
  private static String user(AttemptFolder folder) throws IOException {
    Map<String, Object> owner =
        Files.readAttributes(folder.path(), "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
    return owner.get("uid") + ":" + owner.get("gid");
  }
}
