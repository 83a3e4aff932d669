package io.twinflow.executors.kubernetes;

import io.twinflow.executors.kubernetes.PodView.Why;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What was told of one Job beside its pods. */
final class JobState {

  private @Nullable JobView view;
  private boolean missing;
  private @Nullable Why refused;
  private String words = "";
  private String queue = "";

  /**
   * @return the indexes of which more is known now; null if that may be all
   */
  @Nullable BitSet exists(JobView now) {
    JobView before = view;
    view = now;
    boolean same = before != null && !missing && before.finished() == now.finished();
    missing = false;
    if (before == null || !same || before.suspended() != now.suspended()) {
      return null;
    }
    BitSet more = (BitSet) now.over().clone();
    more.andNot(before.over());
    return more;
  }

  void isMissing() {
    missing = true;
  }

  boolean missing() {
    return missing;
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

  /** Why its queue has not admitted it. */
  void queued(String inWords) {
    queue = inWords;
  }

  /** Whether no more pods will be made for it. */
  boolean isOver(Slot slot) {
    JobView now = view;
    return missing
        || (now != null && (now.finished() || (slot.isIndexed() && now.over().get(slot.index()))));
  }

  @Nullable Why refusal() {
    return refused;
  }

  /** Why pods that are not there yet are not. */
  String words() {
    if (view == null || !view.suspended()) {
      return words;
    }
    String suspended = "the Job is suspended; its queue has not admitted it yet";
    return queue.isEmpty() ? suspended : suspended + ": " + queue;
  }
}
