package io.twinflow.workflowdefs.expression.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How many children there are, and what each may take.
 *
 * @param quick children for expressions that end soon; each thing runs in one of these first
 * @param quickTime what takes longer goes to the patient ones, so that it keeps nobody waiting
 * @param patient children for expressions that take their time
 * @param time what no expression may take longer than
 * @param heapMebibytes of one child
 * @param idle after so long without work a child is stopped
 * @param wrapper what children are started in
 */
public record ProcessSettings(
    int quick,
    Duration quickTime,
    int patient,
    Duration time,
    int heapMebibytes,
    Duration idle,
    Wrapper wrapper) {

  private static final int MOST_QUICK = 4;

  /** Words before a command that keep it from the rest of the machine. */
  @FunctionalInterface
  public interface Wrapper {

    Wrapper NONE = readable -> List.of();

    /**
     * Asked before each start.
     *
     * @param readable files and folders that the command reads; the first is the home of its Java
     */
    List<String> around(List<Path> readable) throws IOException;
  }

  /** As many quick children as there are processors, and two patient ones. */
  public static ProcessSettings standard() {
    return new ProcessSettings(
        Math.min(MOST_QUICK, Runtime.getRuntime().availableProcessors()),
        Duration.ofMillis(500),
        2,
        Duration.ofSeconds(20),
        256,
        Duration.ofMinutes(1),
        Wrapper.NONE);
  }

  public ProcessSettings withWrapper(Wrapper newWrapper) {
    return new ProcessSettings(quick, quickTime, patient, time, heapMebibytes, idle, newWrapper);
  }

  public ProcessSettings withTimes(Duration newQuickTime, Duration newTime) {
    return new ProcessSettings(quick, newQuickTime, patient, newTime, heapMebibytes, idle, wrapper);
  }

  public ProcessSettings withChildren(int newQuick, int newPatient) {
    return new ProcessSettings(newQuick, quickTime, newPatient, time, heapMebibytes, idle, wrapper);
  }
}
