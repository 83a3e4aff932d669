package io.twinflow.executors.local.process;

/**
 * What proc(5) says about a process.
 *
 * @param startTime clock ticks since the machine started
 */
record ProcessStat(long pid, char state, long parent, long group, long session, String startTime) {

  boolean alive() {
    return state != 'Z' && state != 'X';
  }

  /**
   * The name in parentheses may contain anything, also parentheses: what counts follows the last.
   */
  static ProcessStat parse(long pid, String line) {
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", 22);
    return new ProcessStat(
        pid,
        fields[0].charAt(0),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        fields[19]);
  }
}
