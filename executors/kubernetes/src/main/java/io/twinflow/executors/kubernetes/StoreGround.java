package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.Attempts;
import io.twinflow.executors.bundle.remote.AtOnce;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** An object store, for a cluster that shares no folder with the engine. */
final class StoreGround implements Ground {

  private static final int MOST = 256 << 20;
  private static final Looked NOTHING =
      new Looked(Optional.empty(), Optional.empty(), Instant.EPOCH);

  private final ObjectPlace place;
  private final RemoteTasks tasks;
  private final Labels labels;
  private final PodFiles pods;
  private final Clock clock;
  private final String notes;
  private final Cancelled cancelled;
  private final Map<AttemptKey, Looked> known = new ConcurrentHashMap<>();
  private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());

  StoreGround(
      String site,
      ObjectPlace place,
      RemoteTasks tasks,
      Labels labels,
      PodFiles pods,
      Clock clock) {
    this.place = place;
    this.labels = labels;
    this.tasks = tasks;
    this.pods = pods;
    this.clock = clock;
    this.notes = notes(site);
    this.cancelled = new Cancelled(place, "cancelled/" + site + "/");
  }

  private static String notes(String site) {
    return "batches/" + site + "/";
  }

  static Labels labels(ObjectPlace place, String site) {
    return Labels.of(place.location(notes(site) + "all").toString());
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public PodFiles pods() {
    return pods;
  }

  @Override
  public Attempts attempts() {
    return tasks;
  }

  @Override
  public Map<AttemptKey, TaskResult> results(Collection<AttemptKey> attempts, Instant queued)
      throws IOException {
    RemoteTasks.Seen seen = tasks.look();
    Map<AttemptKey, TaskResult> results = new HashMap<>();
    for (AttemptKey attempt : attempts) {
      if (seen.hasEnded(attempt)) {
        tasks.result(attempt, queued).ifPresent(result -> results.put(attempt, result));
      }
    }
    return results;
  }

  @Override
  public Looked look(AttemptKey attempt, Instant queued) {
    return known.getOrDefault(attempt, NOTHING);
  }

  @Override
  public void refresh(Collection<Followed> wanted) {
    try {
      AtOnce.each(wanted, this::refresh);
    } catch (IOException e) {
      trouble.set(Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private void refresh(Followed one) throws IOException {
    Instant at = clock.instant();
    Optional<TaskResult> result = tasks.result(one.attempt(), one.queued());
    known.put(
        one.attempt(),
        new Looked(
            result, result.isPresent() ? Optional.empty() : tasks.revocation(one.attempt()), at));
  }

  @Override
  public Optional<String> takeTrouble() {
    return trouble.getAndSet(Optional.empty());
  }

  @Override
  public boolean isCancelled(AttemptKey attempt) {
    return cancelled.has(attempt);
  }

  @Override
  public void noteCancelled(AttemptKey attempt) throws IOException {
    cancelled.note(attempt);
  }

  @Override
  public void release(AttemptKey attempt) throws IOException {
    known.remove(attempt);
    cancelled.forget(attempt);
    tasks.release(attempt);
  }

  @Override
  public List<Finding> check() {
    return tasks.check();
  }

  @Override
  public Optional<Noted> read(BatchKey batch) throws IOException {
    String name = notes + batch.value();
    Optional<ObjectPlace.Found> found = place.find(name);
    Optional<byte[]> text = found.isEmpty() ? Optional.empty() : place.get(name, MOST);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Noted(
                JobLines.read(new String(text.get(), StandardCharsets.UTF_8), batch.installation()),
                found.get().modified()));
  }

  @Override
  public void note(BatchKey batch, List<Submission> jobs) throws IOException {
    String text = JobLines.write(jobs, tasks::whereabouts);
    place.put(notes + batch.value(), text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void forget(String batch) throws IOException {
    place.delete(notes + batch);
  }

  @Override
  public Map<String, Instant> batches() throws IOException {
    Map<String, Instant> all = new HashMap<>();
    for (ObjectPlace.Found found : place.list(notes)) {
      all.put(found.name().substring(notes.length()), found.modified());
    }
    return all;
  }
}
