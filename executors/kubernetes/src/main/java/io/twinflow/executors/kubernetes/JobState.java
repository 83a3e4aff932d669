package io.twinflow.executors.kubernetes;

import io.twinflow.executors.kubernetes.PodView.Stage;
import io.twinflow.executors.kubernetes.PodView.Why;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was told of one Job and its pods; of these there is more than one if the first was lost. */
final class JobState {

  private final Map<String, PodView> pods = new LinkedHashMap<>();
  private @Nullable PodView gone;
  private boolean missing;
  private boolean finished;
  private boolean suspended;
  private @Nullable Why refused;
  private String words = "";

  void seen(PodView pod) {
    pods.put(pod.uid(), pod);
  }

  void gone(PodView pod) {
    pods.remove(pod.uid());
    gone = pod;
  }

  void exists(boolean isSuspended, boolean isFinished) {
    missing = false;
    suspended = isSuspended;
    finished = isFinished;
  }

  void isMissing() {
    missing = true;
  }

  /**
   * Its pods cannot be made.
   *
   * @param why null if that may change
   */
  void refused(String inWords, @Nullable Why why) {
    words = inWords;
    refused = why;
  }

  /** A pod that runs or may yet run; who runs comes first. */
  Optional<PodView> lives() {
    return pods.values().stream()
        .filter(pod -> pod.stage() != Stage.OVER)
        .max((a, b) -> a.stage().compareTo(b.stage()));
  }

  /** Whether nothing of it lives or will. */
  boolean isOver() {
    return lives().isEmpty() && (!pods.isEmpty() || gone != null || missing || finished);
  }

  /** The pod that says most about its end: a second one ends at once, and knows nothing. */
  @Nullable PodView last() {
    for (PodView pod : pods.values()) {
      if (pod.why() != null) {
        return pod;
      }
    }
    return gone != null ? gone : pods.values().stream().findFirst().orElse(null);
  }

  @Nullable Why neverStarts() {
    return lives().map(PodView::why).orElse(pods.isEmpty() ? refused : null);
  }

  /** Why it waits. */
  String words() {
    String pod = lives().map(PodView::words).orElse("");
    if (!pod.isEmpty()) {
      return pod;
    }
    return suspended ? "the Job is suspended; its queue has not admitted it yet" : words;
  }
}
