package io.twinflow.engine.core.task;

import java.util.List;

/**
 * What an installation decides about its tools.
 *
 * @param path the PATH of tools outside containers
 * @param mpiLauncher what stands before an MPI tool; {@code {n}} is the number of processes
 */
public record ToolSettings(String path, List<String> mpiLauncher) {

  public ToolSettings {
    mpiLauncher = List.copyOf(mpiLauncher);
  }

  /** The PATH of this process, and {@code mpirun}. */
  public static ToolSettings ofThisProcess() {
    String path = System.getenv("PATH");
    return new ToolSettings(
        path == null ? "/usr/local/bin:/usr/bin:/bin" : path, List.of("mpirun", "-n", "{n}"));
  }
}
