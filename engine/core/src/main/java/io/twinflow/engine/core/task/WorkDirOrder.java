package io.twinflow.engine.core.task;

import io.twinflow.executors.api.Staging;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts folders before what they hold, and makes folders that get more into copies. */
final class WorkDirOrder {

  private WorkDirOrder() {}

  static List<Staging> of(List<Staging> staging) {
    if (staging.size() < 2) {
      return staging;
    }
    List<Staging> ordered = new ArrayList<>(staging);
    ordered.sort(Comparator.comparingLong(entry -> depth(entry.target())));
    Set<String> parents = new HashSet<>();
    for (Staging entry : ordered) {
      for (String folder = entry.target(); folder.lastIndexOf('/') > 0; ) {
        folder = folder.substring(0, folder.lastIndexOf('/'));
        if (!parents.add(folder)) {
          break;
        }
      }
    }
    ordered.replaceAll(entry ->
        entry instanceof Staging.Link link && link.directory() && parents.contains(link.target())
            ? new Staging.Copy(link.source(), link.target(), true)
            : entry);
    return ordered;
  }

  private static long depth(String target) {
    return target.chars().filter(c -> c == '/').count();
  }
}
