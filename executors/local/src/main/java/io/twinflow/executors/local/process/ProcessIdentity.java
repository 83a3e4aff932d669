package io.twinflow.executors.local.process;

import java.util.Optional;

/**
 * Names one process for ever: ids are used again, but not with the same start time in the same boot
 * of the machine.
 */
public record ProcessIdentity(long pid, String startTime, String bootId) {

  private static final class Boot {
    static final String ID = ProcessTable.bootId();
  }

  public static ProcessIdentity of(long pid) {
    String start = ProcessTable.stat(pid).map(ProcessStat::startTime).orElse("");
    return new ProcessIdentity(pid, start, Boot.ID);
  }

  /** Whether its session and group, if there are any, are still the ones it made. */
  boolean ownsItsNumber() {
    if (!bootId.equals(Boot.ID)) {
      return false;
    }
    Optional<ProcessStat> now = ProcessTable.stat(pid);
    // A number is not given away while a session or group carries it.
    return now.isEmpty() || now.get().startTime().equals(startTime);
  }
}
