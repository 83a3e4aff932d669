package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The batches that this engine has submitted or found, until all their attempts are released. */
final class Batches {

  private static final Logger LOG = System.getLogger(Batches.class.getName());

  private final Ground ground;
  private final Map<BatchKey, BatchHandle> known = new HashMap<>();

  Batches(Ground ground) {
    this.ground = ground;
  }

  synchronized Optional<BatchHandle> of(BatchKey key) {
    return Optional.ofNullable(known.get(key));
  }

  synchronized void add(BatchHandle handle) {
    known.put(handle.key(), handle);
  }

  /** The notes of a batch go with the last of its attempts. */
  synchronized void release(Collection<AttemptKey> attempts) {
    for (BatchHandle handle : List.copyOf(known.values())) {
      release(handle, attempts);
    }
  }

  private void release(BatchHandle handle, Collection<AttemptKey> attempts) {
    Set<AttemptKey> left = new HashSet<>(handle.attempts());
    if (!left.removeAll(Set.copyOf(attempts))) {
      return;
    }
    if (!left.isEmpty()) {
      known.put(handle.key(), new BatchHandle(handle.key(), left, handle.siteId()));
      return;
    }
    known.remove(handle.key());
    try {
      ground.notes(handle.key()).delete();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot tidy up after " + handle.key() + ": " + e);
    }
  }
}
