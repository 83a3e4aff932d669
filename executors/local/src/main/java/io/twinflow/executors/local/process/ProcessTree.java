package io.twinflow.executors.local.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an attempt started: its session and process group, what carries its marker in the
 * environment (also in sessions of its own), and their descendants.
 *
 * @param marker NAME=value in the environment of the first process
 * @param root the first process; null if it is not known
 */
public record ProcessTree(String marker, @Nullable ProcessIdentity root) {

  private static final Duration POLL = Duration.ofMillis(5);
  private static final int SIGTERM = 15;
  private static final int SIGKILL = 9;

  /**
   * Ends all of it: SIGTERM, after the grace SIGKILL, until nothing is left.
   *
   * @param patience for the SIGKILL to have its effect
   * @return whether all are gone
   */
  public boolean stop(Duration grace, Duration patience) {
    boolean polite = !grace.isZero() && stop(SIGTERM, grace);
    return polite || stop(SIGKILL, patience);
  }

  public boolean runs() {
    return !members().isEmpty();
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

  private boolean stop(int signal, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    Set<Long> told = new HashSet<>();
    while (true) {
      Set<Long> members = members();
      if (members.isEmpty()) {
        return true;
      }
      for (long pid : members) {
        // What ignores the polite signal needs it once; what forks while it is killed, each time.
        if (signal == SIGKILL || told.add(pid)) {
          Signals.send(pid, signal);
        }
      }
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause();
    }
  }

  private Set<Long> members() {
    Set<Long> members = new LinkedHashSet<>();
    boolean ours = root != null && root.ownsItsNumber();
    long self = ProcessHandle.current().pid();
    List<ProcessStat> stats = new ArrayList<>();
    for (long pid : ProcessTable.all()) {
      ProcessTable.stat(pid)
          .filter(ProcessStat::alive)
          .filter(s -> pid != self)
          .ifPresent(stats::add);
    }
    for (ProcessStat stat : stats) {
      boolean related =
          ours && root != null && (stat.session() == root.pid() || stat.group() == root.pid());
      if (related || ProcessTable.carries(stat.pid(), marker)) {
        members.add(stat.pid());
      }
    }
    boolean grew = !members.isEmpty();
    while (grew) {
      grew = false;
      for (ProcessStat stat : stats) {
        grew |= members.contains(stat.parent()) && members.add(stat.pid());
      }
    }
    return members;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      // A stop that is half done helps nobody; the caller sees the flag afterwards.
      Thread.currentThread().interrupt();
      Thread.onSpinWait();
    }
  }
}
