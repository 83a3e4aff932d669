package io.twinflow.engine.stores.near;

import io.twinflow.engine.core.artifact.Artifacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Digests of outputs that sites have put into the store themselves, as they told them: what the
 * store does not remember, and what would else be found out by reading it. Remembers some; safe for
 * many threads.
 */
public final class KnownDigests {

  private static final int REMEMBERED = 100_000;

  private final Map<String, Artifacts.Identity> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Artifacts.Identity> eldest) {
          return size() > REMEMBERED;
        }
      };

  public void remember(Map<String, Artifacts.Identity> byLocation) {
    synchronized (known) {
      byLocation.forEach((location, identity) -> {
        if (location.startsWith("s3:")) {
          known.put(location, identity);
        }
      });
    }
  }

  Optional<Artifacts.Identity> of(String location) {
    synchronized (known) {
      return Optional.ofNullable(known.get(location));
    }
  }
}
