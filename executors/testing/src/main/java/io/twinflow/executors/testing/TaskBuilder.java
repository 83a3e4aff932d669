package io.twinflow.executors.testing;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a task for a test, sentence by sentence. */
public final class TaskBuilder {

  private final AttemptKey attempt;
  private final Layout layout;
  private final List<String> command;
  private final @Nullable ContainerSpec container;
  private final List<Staging> staging = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private ResourceRequest resources = new ResourceRequest(0.1, 16, 0, 0, 0, 1);
  private @Nullable String stdin;
  private @Nullable String stdout;
  private @Nullable String stderr;
  private @Nullable Duration timeLimit;
  private boolean networkAccess;

  public TaskBuilder(
      AttemptKey attempt, Layout layout, List<String> command, @Nullable ContainerSpec container) {
    this.attempt = attempt;
    this.layout = layout;
    this.command = List.copyOf(command);
    this.container = container;
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("HOME", layout.outdir());
    environment.put("TMPDIR", layout.tmpdir());
  }

  public Layout layout() {
    return layout;
  }

  public TaskBuilder link(Path source, String name) {
    return stage(new Staging.Link(source.toUri(), layout.inputs() + "/" + name, false));
  }

  public TaskBuilder linkFolder(Path source, String name) {
    return stage(new Staging.Link(source.toUri(), layout.inputs() + "/" + name, true));
  }

  public TaskBuilder stage(Staging entry) {
    staging.add(entry);
    return this;
  }

  public TaskBuilder environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public TaskBuilder stdin(String path) {
    stdin = path;
    return this;
  }

  public TaskBuilder stdout(String path) {
    stdout = path;
    return this;
  }

  public TaskBuilder stderr(String path) {
    stderr = path;
    return this;
  }

  public TaskBuilder cores(double cores) {
    ResourceRequest r = resources;
    return resources(
        new ResourceRequest(
            cores, r.memoryMiB(), r.tmpdirMiB(), r.outdirMiB(), r.gpus(), r.processes()));
  }

  public TaskBuilder memoryMiB(long memory) {
    ResourceRequest r = resources;
    return resources(
        new ResourceRequest(
            r.cores(), memory, r.tmpdirMiB(), r.outdirMiB(), r.gpus(), r.processes()));
  }

  public TaskBuilder outdirMiB(long outdir) {
    ResourceRequest r = resources;
    return resources(
        new ResourceRequest(
            r.cores(), r.memoryMiB(), r.tmpdirMiB(), outdir, r.gpus(), r.processes()));
  }

  public TaskBuilder gpus(int gpus) {
    ResourceRequest r = resources;
    return resources(
        new ResourceRequest(
            r.cores(), r.memoryMiB(), r.tmpdirMiB(), r.outdirMiB(), gpus, r.processes()));
  }

  public TaskBuilder processes(int processes) {
    ResourceRequest r = resources;
    return resources(
        new ResourceRequest(
            r.cores(), r.memoryMiB(), r.tmpdirMiB(), r.outdirMiB(), r.gpus(), processes));
  }

  private TaskBuilder resources(ResourceRequest request) {
    resources = request;
    return this;
  }

  public TaskBuilder timeLimit(Duration limit) {
    timeLimit = limit;
    return this;
  }

  public TaskBuilder networkAccess() {
    networkAccess = true;
    return this;
  }

  public TaskSpec build() {
    return new TaskSpec(
        attempt,
        "/contract",
        command,
        command,
        environment,
        stdin,
        stdout,
        stderr,
        layout,
        staging,
        resources,
        container,
        timeLimit,
        networkAccess,
        List.of("."));
  }
}
