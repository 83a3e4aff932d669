package io.twinflow.executors.kubernetes;

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
import java.util.stream.Collectors;

/** The batches that this engine has submitted or found, until all their attempts are released. */
final class Batches {

  private static final Logger LOG = System.getLogger(Batches.class.getName());

  /**
   * @param indexed the Jobs of several attempts, with these
   */
  private record Held(BatchHandle handle, Map<String, Set<AttemptKey>> indexed) {

    Optional<String> sharedJob(AttemptKey attempt) {
      return indexed.entrySet().stream()
          .filter(job -> job.getValue().contains(attempt))
          .map(Map.Entry::getKey)
          .findFirst();
    }
  }

  private final Ground ground;
  private final Leftovers leftovers;
  private final Map<BatchKey, Held> known = new HashMap<>();

  Batches(Ground ground, Leftovers leftovers) {
    this.ground = ground;
    this.leftovers = leftovers;
  }

  synchronized Optional<BatchHandle> of(BatchKey key) {
    return Optional.ofNullable(known.get(key)).map(Held::handle);
  }

  synchronized void add(BatchHandle handle, Ground.Noted noted) {
    known.put(
        handle.key(),
        new Held(
            handle,
            noted.jobs().stream()
                .filter(Submission::isIndexed)
                .collect(Collectors.toMap(Submission::name, job -> Set.copyOf(job.attempts())))));
  }

  /**
   * @param batch its key's value
   */
  synchronized boolean has(String batch) {
    return known.keySet().stream().anyMatch(key -> key.value().equals(batch));
  }

  /** The name of the Job that has it together with others; empty if it has one of its own. */
  synchronized Optional<String> sharedJob(AttemptKey attempt) {
    return known.values().stream()
        .map(held -> held.sharedJob(attempt))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The Job of an attempt goes with it, one of several with the last of its batch. */
  synchronized void release(Collection<AttemptKey> attempts) {
    Set<AttemptKey> shared = new HashSet<>();
    known.values().forEach(held -> held.indexed().values().forEach(shared::addAll));
    attempts.stream()
        .filter(attempt -> !shared.contains(attempt))
        .forEach(attempt -> leftovers.job(attempt.value()));
    Set<AttemptKey> gone = Set.copyOf(attempts);
    for (Held held : List.copyOf(known.values())) {
      release(held, gone);
    }
  }

  private void release(Held held, Set<AttemptKey> gone) {
    BatchHandle handle = held.handle();
    Set<AttemptKey> left = new HashSet<>(handle.attempts());
    if (!left.removeAll(gone)) {
      return;
    }
    if (!left.isEmpty()) {
      known.put(
          handle.key(),
          new Held(new BatchHandle(handle.key(), left, handle.siteId()), held.indexed()));
      return;
    }
    known.remove(handle.key());
    held.indexed().keySet().forEach(leftovers::job);
    leftovers.deleteSecret(ground, handle.key().value());
    try {
      ground.forget(handle.key().value());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot tidy up after " + handle.key() + ": " + e);
    }
  }
}
