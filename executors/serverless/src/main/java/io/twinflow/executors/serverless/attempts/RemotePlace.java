package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.Attempts;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.bundle.GivenEnd;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An object store, for a site that shares no folder with the engine. */
public final class RemotePlace implements Ground {

  private static final String CANCELLED = "cancelled";
  private static final int MOST = 64 << 20;

  private final ObjectPlace place;
  private final RemoteTasks tasks;
  private final String notes;

  /** Which job runs an attempt, of those whose claim was read and is no revocation. */
  private final Map<AttemptKey, String> jobs = new ConcurrentHashMap<>();

  public RemotePlace(String site, ObjectPlace place, RemoteTasks tasks) {
    this.place = place;
    this.tasks = tasks;
    this.notes = "sites/" + site + "/batches/";
  }

  @Override
  public Attempts attempts() {
    return tasks;
  }

  @Override
  public String script() {
    return RemoteTasks.script();
  }

  @Override
  public Map<String, String> environment(Attempt attempt) {
    return tasks.environment(attempt.key());
  }

  @Override
  public Found find(Attempt attempt) throws IOException {
    Optional<TaskResult> result = tasks.result(attempt.key(), attempt.queued());
    return result.isPresent()
        ? new Found.Ended(result.get())
        : claim(attempt.key(), tasks.isClaimed(attempt.key()));
  }

  private Found claim(AttemptKey attempt, boolean isClaimed) throws IOException {
    if (!isClaimed) {
      return new Found.Nothing();
    }
    if (!jobs.containsKey(attempt)) {
      Optional<Revocation> revoked = tasks.revocation(attempt);
      if (revoked.isPresent()) {
        return new Found.Revoked(revoked.get());
      }
      jobs.put(attempt, tasks.startedBy(attempt).orElse(""));
    }
    return new Found.Claimed();
  }

  @Override
  public Map<Attempt, Found> find(Collection<Attempt> attempts) throws IOException {
    RemoteTasks.Seen seen = tasks.look();
    Map<Attempt, Found> found = new LinkedHashMap<>();
    for (Attempt attempt : attempts) {
      Optional<TaskResult> result =
          seen.hasEnded(attempt.key())
              ? tasks.result(attempt.key(), attempt.queued())
              : Optional.empty();
      found.put(
          attempt,
          result.isPresent()
              ? new Found.Ended(result.get())
              : claim(attempt.key(), seen.isClaimed(attempt.key())));
    }
    return found;
  }

  @Override
  public boolean isBroughtHome() {
    return true;
  }

  @Override
  public boolean claim(AttemptKey attempt) throws IOException {
    return tasks.elsewhere().claim(attempt);
  }

  @Override
  public GivenEnd.Taking end(AttemptKey attempt, GivenEnd end, Instant now) throws IOException {
    return tasks.elsewhere().give(attempt, end, now);
  }

  /** Its end is written for it; the site is told when it asks for the next ticket. */
  @Override
  public void askToStop(Attempt attempt, Instant now) throws IOException {
    tasks.fail(attempt.key(), new AttemptFailure(FailureKind.CANCELLED, CANCELLED), now);
  }

  @Override
  public boolean wasAskedToStop(AttemptKey attempt, Outcome.Failed how) {
    return how.reason().equals(CANCELLED);
  }

  /** The one that runs it: no other counts. */
  @Override
  public List<String> starts(AttemptKey attempt) {
    String job = jobs.getOrDefault(attempt, "");
    return job.isEmpty() ? List.of() : List.of(job);
  }

  @Override
  public void release(AttemptKey attempt) throws IOException {
    jobs.remove(attempt);
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
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Noted(
                  Call.read(new String(text.get(), StandardCharsets.UTF_8)),
                  found.get().modified()));
    } catch (IllegalArgumentException e) {
      throw new IOException(place.location(name) + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void note(BatchKey batch, Map<AttemptKey, Call> calls) throws IOException {
    Map<String, Call> named = new LinkedHashMap<>();
    calls.forEach((of, call) -> named.put(of.value(), call));
    place.put(notes + batch.value(), Call.write(named).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void forget(BatchKey batch) throws IOException {
    place.delete(notes + batch.value());
  }
}
