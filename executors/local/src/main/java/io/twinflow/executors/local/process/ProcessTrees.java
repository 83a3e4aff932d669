package io.twinflow.executors.local.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Several trees of processes, found and ended together by one look at the process table. */
public final class ProcessTrees {

  private static final Duration POLL = Duration.ofMillis(5);
  private static final int SIGTERM = 15;
  private static final int SIGKILL = 9;

  private final List<ProcessTree> trees;
  private final Set<String> markers;

  public ProcessTrees(List<ProcessTree> trees) {
    this.trees = List.copyOf(trees);
    this.markers = trees.stream().map(ProcessTree::marker).collect(Collectors.toSet());
  }

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

  boolean run() {
    return !members().isEmpty();
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
    Map<Long, String> seen = new HashMap<>();
    trees.forEach(tree -> seen.putAll(tree.seen()));
    Set<Long> sessions = new HashSet<>();
    for (ProcessTree tree : trees) {
      ProcessIdentity root = tree.root();
      if (root != null && root.ownsItsNumber()) {
        sessions.add(root.pid());
      }
    }
    long self = ProcessHandle.current().pid();
    Set<Long> members = new LinkedHashSet<>();
    List<ProcessStat> stats = new ArrayList<>();
    for (long pid : ProcessTable.all()) {
      ProcessTable.stat(pid)
          .filter(stat -> stat.alive() && pid != self)
          .ifPresent(stat -> {
            stats.add(stat);
            if (sessions.contains(stat.session())
                || sessions.contains(stat.group())
                || stat.startTime().equals(seen.get(pid))
                || ProcessTable.carriesAny(pid, markers)) {
              members.add(pid);
            }
          });
    }
    boolean grew = !members.isEmpty();
    while (grew) {
      grew = false;
      for (ProcessStat stat : stats) {
        grew |= members.contains(stat.parent()) && members.add(stat.pid());
      }
    }
    for (ProcessStat stat : stats) {
      if (members.contains(stat.pid())) {
        trees.forEach(tree -> tree.seen().put(stat.pid(), stat.startTime()));
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
