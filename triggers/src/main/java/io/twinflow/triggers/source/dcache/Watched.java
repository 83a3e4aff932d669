package io.twinflow.triggers.source.dcache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which subscription watches which folder, and which folders are to be listed. */
final class Watched {

  private final Map<String, String> folders = new HashMap<>();
  private final Set<String> toVisit = new LinkedHashSet<>();

  /** A subscription is of the folder itself, and goes along when that is moved. */
  void add(String subscription, String folder) {
    folders.values().remove(folder);
    folders.put(subscription, folder);
  }

  Optional<String> folder(String subscription) {
    return Optional.ofNullable(folders.get(subscription));
  }

  boolean isWatched(String folder) {
    return folders.containsValue(folder);
  }

  void remove(String subscription) {
    folders.remove(subscription);
  }

  /**
   * A folder and those below it.
   *
   * @return the subscriptions
   */
  List<String> removeBelow(String above) {
    List<String> removed = new ArrayList<>();
    folders.forEach((subscription, watched) -> {
      if (watched.equals(above) || Paths.isBelow(watched, above)) {
        removed.add(subscription);
      }
    });
    removed.forEach(folders::remove);
    toVisit.removeIf(waiting -> waiting.equals(above) || Paths.isBelow(waiting, above));
    return removed;
  }

  void visitLater(String folder) {
    toVisit.add(folder);
  }

  void visitUnlessWatched(String folder) {
    if (!isWatched(folder)) {
      toVisit.add(folder);
    }
  }

  /** Whatever is known, and what is below it: the first one finds the others. */
  void visitAllLater(String first) {
    folders.clear();
    toVisit.clear();
    toVisit.add(first);
  }

  /** The next folder to list; empty if there is none. */
  Optional<String> next() {
    return toVisit.stream().findFirst();
  }

  void visited(String folder) {
    toVisit.remove(folder);
  }

  void clear() {
    folders.clear();
    toVisit.clear();
  }
}
