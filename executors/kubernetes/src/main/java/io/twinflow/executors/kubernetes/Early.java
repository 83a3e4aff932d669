package io.twinflow.executors.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest words about Jobs that nobody follows yet: they may come before a creation's answer.
 */
final class Early {

  private static final int MOST = 10_000;

  private final Map<String, String> words =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  void put(String job, String said) {
    words.remove(job);
    words.put(job, said);
  }

  Optional<String> take(String job) {
    return Optional.ofNullable(words.remove(job));
  }
}
