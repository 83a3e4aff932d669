package io.twinflow.workflowdefs.expression.process;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line for what ends soon and one for what takes its time. Everything begins in the first; who
 * was too slow there goes to the second, and so do for a while the other expressions of the same
 * document. So a document full of endless loops keeps others waiting for a moment only.
 */
final class Lines {

  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final int MOST_REMEMBERED = 1_000;

  private final Line quick;
  private final Line patient;
  private final Map<String, Long> slow = new LinkedHashMap<>();

  Lines(int quickWorkers, int patientWorkers) {
    this.quick = new Line(quickWorkers);
    this.patient = new Line(patientWorkers);
  }

  Line quick() {
    return quick;
  }

  Line patient() {
    return patient;
  }

  void enter(Job job) {
    (isSlow(job.owner()) ? patient : quick).add(job);
  }

  /** To be evaluated again, with more time. */
  void tooSlow(Job job) {
    synchronized (slow) {
      slow.remove(job.owner());
      slow.put(job.owner(), System.nanoTime() + REMEMBERED.toNanos());
      if (slow.size() > MOST_REMEMBERED) {
        slow.remove(slow.keySet().iterator().next());
      }
    }
    patient.add(job);
  }

  boolean isSlow(String owner) {
    synchronized (slow) {
      Long until = slow.get(owner);
      if (until != null && until - System.nanoTime() < 0) {
        slow.remove(owner);
        return false;
      }
      return until != null;
    }
  }

  int length() {
    return quick.length() + patient.length();
  }

  void close() {
    quick.close();
    patient.close();
  }
}
