package io.twinflow.executors.kubernetes;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a mistake of this program ends no following: what fails is written down, told as
 * the reason for which nothing newer is known, and tried again until it succeeds.
 */
final class Heard {

  private static final Logger LOG = System.getLogger(Heard.class.getName());

  /**
   * @param action null if it is done again anyhow
   */
  private record Failed(@Nullable Runnable action, String words) {}

  private final Map<String, Failed> failed = new LinkedHashMap<>();
  private boolean untold;

  /**
   * @param what names it, for people; a later one of the same name is done in its place
   */
  void run(String what, Runnable action) {
    run(what, action, action);
  }

  /** For what is done now and then anyhow. */
  void runOnce(String what, Runnable action) {
    run(what, action, null);
  }

  private void run(String what, Runnable action, @Nullable Runnable again) {
    try {
      action.run();
      over(what);
    } catch (RuntimeException | Error e) {
      String words =
          "%s cannot be understood (%s); it is looked at again until it can be, see the log"
              .formatted(what, e);
      if (fails(what, new Failed(again, words))) {
        LOG.log(Level.ERROR, what + " cannot be understood; it is looked at again", e);
      }
    }
  }

  private synchronized void over(String what) {
    failed.remove(what);
  }

  /**
   * @return whether that is news
   */
  private synchronized boolean fails(String what, Failed how) {
    Failed before = failed.put(what, how);
    boolean news = before == null || !before.words().equals(how.words());
    untold |= news;
    return news;
  }

  /** Nothing newer of that name was done meanwhile. */
  private synchronized boolean has(Map.Entry<String, Failed> one) {
    return one.getValue().equals(failed.get(one.getKey()));
  }

  /** What failed is tried once more. */
  void again() {
    List<Map.Entry<String, Failed>> all;
    synchronized (this) {
      all = List.copyOf(failed.entrySet());
    }
    for (Map.Entry<String, Failed> one : all) {
      Runnable action = one.getValue().action();
      if (action != null && has(one)) {
        run(one.getKey(), action);
      }
    }
  }

  /** Why not all is known; empty if it is. */
  synchronized Optional<String> words() {
    return failed.values().stream().map(Failed::words).findFirst();
  }

  /** The same, told once. */
  synchronized Optional<String> takeWords() {
    Optional<String> words = untold ? words() : Optional.empty();
    untold = false;
    return words;
  }
}
