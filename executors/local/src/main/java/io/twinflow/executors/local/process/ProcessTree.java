package io.twinflow.executors.local.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an attempt started: its session and process group, what carries its marker in the
 * environment (also in sessions of its own), and their descendants.
 *
 * @param marker NAME=value in the environment of the first process
 * @param root the first process; null if it is not known
 * @param seen those found so far, and when they started: without /proc, who has lost its parent is
 *     known by nothing else
 */
public record ProcessTree(
    String marker, @Nullable ProcessIdentity root, ConcurrentMap<Long, String> seen) {

  public ProcessTree(String marker, @Nullable ProcessIdentity root) {
    this(marker, root, new ConcurrentHashMap<>());
  }

  /** See {@link ProcessTrees#stop}. */
  public boolean stop(Duration grace, Duration patience) {
    return new ProcessTrees(List.of(this)).stop(grace, patience);
  }

  public boolean runs() {
    return new ProcessTrees(List.of(this)).run();
  }

  /** Ends what the first process left behind when it ended by itself. */
  public void sweep(Duration grace, Duration patience) {
    ProcessIdentity first = root;
    if (first == null) {
      return;
    }
    for (long pid : ProcessTable.since(first.pid())) {
      if (ProcessTable.carries(pid, marker) || inSession(pid, first.pid())) {
        stop(grace, patience);
        return;
      }
    }
  }

  private static boolean inSession(long pid, long session) {
    Optional<ProcessStat> stat = ProcessTable.stat(pid);
    return stat.isPresent() && stat.get().alive() && stat.get().session() == session;
  }
}
