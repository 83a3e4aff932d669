package io.twinflow.executors.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How this machine is used.
 *
 * @param root the folder that holds the runs' folders; attempts lie in {@code
 *     RUN/work/TASK.ATTEMPT}
 * @param site the site's name
 * @param cores that may be reserved at one time; null for what the machine and its cgroup give
 * @param memoryMiB likewise, mebibytes
 * @param tmpdirPrefix temporary folders are made with this path prefix; null puts them into the
 *     attempt's folder
 * @param grace between SIGTERM and SIGKILL
 * @param hidden folders that look empty to tools in a sandbox, but for what is theirs; if there are
 *     any, such tools do not see other processes and devices of the machine either
 */
public record LocalOptions(
    Path root,
    String site,
    @Nullable Double cores,
    @Nullable Long memoryMiB,
    ContainerChoice containers,
    Sandbox sandbox,
    @Nullable String tmpdirPrefix,
    Duration grace,
    List<Path> hidden) {

  public LocalOptions {
    hidden = List.copyOf(hidden);
  }

  public static LocalOptions in(Path root) {
    return new LocalOptions(
        root,
        "local",
        null,
        null,
        ContainerChoice.AUTO,
        Sandbox.NONE,
        null,
        Duration.ofSeconds(5),
        List.of());
  }

  public LocalOptions withCores(double cores) {
    return new LocalOptions(
        root, site, cores, memoryMiB, containers, sandbox, tmpdirPrefix, grace, hidden);
  }

  public LocalOptions withMemoryMiB(long memoryMiB) {
    return new LocalOptions(
        root, site, cores, memoryMiB, containers, sandbox, tmpdirPrefix, grace, hidden);
  }

  public LocalOptions withContainers(ContainerChoice containers) {
    return new LocalOptions(
        root, site, cores, memoryMiB, containers, sandbox, tmpdirPrefix, grace, hidden);
  }

  public LocalOptions withSandbox(Sandbox sandbox) {
    return new LocalOptions(
        root, site, cores, memoryMiB, containers, sandbox, tmpdirPrefix, grace, hidden);
  }

  public LocalOptions withTmpdirPrefix(String tmpdirPrefix) {
    return new LocalOptions(
        root, site, cores, memoryMiB, containers, sandbox, tmpdirPrefix, grace, hidden);
  }

  public LocalOptions withGrace(Duration grace) {
    return new LocalOptions(
        root, site, cores, memoryMiB, containers, sandbox, tmpdirPrefix, grace, hidden);
  }

  public LocalOptions withHidden(List<Path> hidden) {
    return new LocalOptions(
        root, site, cores, memoryMiB, containers, sandbox, tmpdirPrefix, grace, hidden);
  }
}
