package io.twinflow.executors.local.process;

/** A process could not be started. */
public final class SpawnException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int NO_ENTRY = 2;
  private static final int TOO_BIG = 7;
  private static final int NO_EXECUTABLE = 8;
  private static final int TRY_AGAIN = 11;
  private static final int NO_MEMORY = 12;
  private static final int NO_ACCESS = 13;

  private final int errno;

  SpawnException(int errno, Launch launch) {
    super(explain(errno, launch));
    this.errno = errno;
  }

  SpawnException(Launch launch, Throwable cause) {
    super("cannot start %s: %s".formatted(launch.program(), cause.getMessage()), cause);
    this.errno = 0;
  }

  /** The machine had no room for another process; it may have later. */
  public boolean machineIsFull() {
    return errno == TRY_AGAIN || errno == NO_MEMORY;
  }

  private static String explain(int errno, Launch launch) {
    return switch (errno) {
      case NO_ENTRY ->
          "cannot start %s: the file is there, but the interpreter that its first line or its ELF header names is not"
              .formatted(launch.program());
      case TOO_BIG ->
          "cannot start %s: its %d arguments and environment have %d bytes, more than the system takes (see 'getconf ARG_MAX'); pass long lists in a file"
              .formatted(launch.program(), launch.arguments().size(), bytes(launch));
      case NO_EXECUTABLE ->
          "cannot start %s: it is no program for this machine, and a script needs a first line such as #!/bin/sh"
              .formatted(launch.program());
      case TRY_AGAIN, NO_MEMORY ->
          "cannot start %s: the machine has no process or memory left (errno %d); see 'ulimit -u' and 'free'"
              .formatted(launch.program(), errno);
      case NO_ACCESS ->
          "cannot start %s: permission denied (is it executable, and %s readable?)"
              .formatted(launch.program(), launch.directory());
      default -> "cannot start %s: errno %d".formatted(launch.program(), errno);
    };
  }

  private static long bytes(Launch launch) {
    long bytes = 0;
    for (String argument : launch.arguments()) {
      bytes += argument.length() + 1L;
    }
    for (var variable : launch.environment().entrySet()) {
      bytes += variable.getKey().length() + variable.getValue().length() + 2L;
    }
    return bytes;
  }
}
