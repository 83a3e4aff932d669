package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.files.ToolPaths;
import io.twinflow.executors.local.container.ContainerEngine;
import io.twinflow.executors.local.container.EngineProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses what an attempt stands on. Looks for a container engine when one is asked for. */
final class Grounds {

  private final LocalOptions options;
  private final EngineProbe probe = new EngineProbe(System.getenv());
  private final Ground host;
  private boolean probed;
  private Optional<ContainerEngine> engine = Optional.empty();
  private @Nullable ContainerGround containers;
  private @Nullable String advice;

  Grounds(LocalOptions options) {
    this.options = options;
    this.host = new HostGround(new Bubblewrap(options.sandbox(), options.hidden()));
  }

  Ground of(TaskSpec task) throws AttemptFailure {
    return task.container() == null ? host : containers();
  }

  ToolPaths paths(TaskSpec task, AttemptFolder folder, AttemptPaths paths) throws IOException {
    try {
      return of(task).paths(task, folder, paths);
    } catch (AttemptFailure e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  Optional<String> engineName() {
    return engine().map(ContainerEngine::name);
  }

  /** Of an image that is there already. */
  Optional<String> imageDigest(ContainerSpec container) {
    try {
      return engine().isEmpty() ? Optional.empty() : containers().imageDigest(container);
    } catch (AttemptFailure e) {
      throw new IllegalStateException("there is an engine and there is none", e);
    }
  }

  /** Found once: it is asked for with each task, and it looks through the whole path. */
  synchronized String advice() {
    String known = advice;
    if (known == null) {
      known = probe.advice(options.containers());
      advice = known;
    }
    return known;
  }

  /** What is left of an attempt in any container engine that this machine has. */
  boolean stopRemains(AttemptKey attempt, AttemptFolder folder, Duration grace) throws IOException {
    if (!Files.exists(folder.container())) {
      return true;
    }
    String name = Files.readString(folder.container()).strip();
    ContainerChoice choice =
        name.equals("podman") ? ContainerChoice.PODMAN : ContainerChoice.DOCKER;
    ContainerEngine left =
        probe
            .find(choice)
            .orElseThrow(() ->
                new IOException(
                    "a container of %s may still run, and %s cannot be asked. %s"
                        .formatted(attempt, name, probe.advice(choice))));
    return new ContainerGround(left).stopRemains(attempt, grace);
  }

  private synchronized ContainerGround containers() throws AttemptFailure {
    ContainerGround known = containers;
    if (known != null) {
      return known;
    }
    ContainerEngine found =
        engine()
            .orElseThrow(() ->
                new AttemptFailure(
                    FailureKind.USER,
                    "the task needs a container, and there is no container engine. " + advice()));
    known = new ContainerGround(found);
    containers = known;
    return known;
  }

  private synchronized Optional<ContainerEngine> engine() {
    if (!probed) {
      engine = probe.find(options.containers());
      probed = true;
    }
    return engine;
  }
}
