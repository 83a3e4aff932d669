package io.twinflow.executors.local.process;

import java.util.Map;

/** Sends signals, and names them (signal(7)). */
public final class Signals {

  private static final int SIGKILL = 9;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL, an illegal instruction"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT, it gave up by itself"),
          Map.entry(7, "SIGBUS, a bad memory access"),
          Map.entry(8, "SIGFPE, an arithmetic error"),
          Map.entry(SIGKILL, "SIGKILL"),
          Map.entry(11, "SIGSEGV, a bad memory access"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU, its CPU time was up"),
          Map.entry(25, "SIGXFSZ, a file grew too large"),
          Map.entry(31, "SIGSYS, a forbidden system call"));

  private Signals() {}

  public static String name(int signal) {
    return "signal %d (%s)".formatted(signal, NAMES.getOrDefault(signal, "see signal(7)"));
  }

  static void send(long pid, int signal) {
    LibC libc = LibC.loaded();
    if (libc != null) {
      libc.call(libc.kill, pid, signal);
      return;
    }
    ProcessHandle.of(pid)
        .ifPresent(p ->
            System.getLogger(Signals.class.getName())
                .log(
                    System.Logger.Level.DEBUG,
                    "{0}: {1}",
                    pid,
                    signal == SIGKILL ? p.destroyForcibly() : p.destroy()));
  }
}
