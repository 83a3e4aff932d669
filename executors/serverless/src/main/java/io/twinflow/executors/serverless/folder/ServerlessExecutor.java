package io.twinflow.executors.serverless.folder;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Capabilities;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.Bundle;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.ResultRecord;
import io.twinflow.executors.bundle.files.LocalOutputFolder;
import io.twinflow.executors.bundle.files.ToolPaths;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs attempts by one call each. What is to be run is written into the shared folder first, and
 * what became of it is read there; an engine that comes later goes on from what it finds.
 */
public final class ServerlessExecutor implements Executor {

  private static final Logger LOG = System.getLogger(ServerlessExecutor.class.getName());
  private static final int MAX_BATCH = 1_000;

  private final String site;
  private final SiteFolder folder;
  private final Platform platform;
  private final Limits limits;
  private final Observations observations = new Observations();
  private final Clock clock = Clock.systemUTC();
  private final Flights flights;
  private final Watch watch;
  private final Map<BatchKey, BatchHandle> batches = new HashMap<>();

  public ServerlessExecutor(String site, SiteFolder folder, Platform platform, Limits limits) {
    this.site = site;
    this.folder = folder;
    this.platform = platform;
    this.limits = limits;
    this.flights = new Flights(observations, clock, limits);
    this.watch = new Watch(site, platform, flights, limits, clock);
    watch.start();
    new Dispatch(site, platform, flights, watch, limits, clock).start();
  }

  @Override
  public String site() {
    return site;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        limits.cores(),
        limits.memoryMiB(),
        platform.gpus(),
        platform.containers(),
        "site %s runs what is deployed there, in the container that it is deployed in"
            .formatted(site),
        Set.of("file"),
        MAX_BATCH,
        2 * limits.calls());
  }

  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    return folder.of(attempt).layout();
  }

  @Override
  public BatchHandle submit(Batch batch) throws SiteException {
    synchronized (batches) {
      BatchHandle known = batches.get(batch.key());
      if (known != null) {
        return known;
      }
    }
    Set<AttemptKey> attempts =
        batch.tasks().stream().map(TaskSpec::attempt).collect(Collectors.toSet());
    try {
      if (folder.written(batch.key()).isEmpty()) {
        for (TaskSpec task : batch.tasks()) {
          write(task);
        }
        folder.note(batch.key(), attempts);
      }
      return attach(batch.key(), attempts, folder.written(batch.key()).orElseThrow());
    } catch (IOException e) {
      throw shared(batch.key(), e);
    }
  }

  private SiteException shared(BatchKey batch, IOException e) {
    return new SiteException(
        Certainty.UNKNOWN,
        FailureKind.INFRASTRUCTURE,
        "site %s: the shared folder cannot be used for %s: %s"
            .formatted(site, batch, e.getMessage()),
        e);
  }

  private void write(TaskSpec task) throws IOException {
    BundleFolder place = folder.of(task.attempt());
    try {
      Call call = Size.of(limits).call(task.resources(), platform.target(task));
      Bundle.write(InImage.of(task), place);
      call.write(place);
    } catch (AttemptFailure e) {
      ResultRecord.writeFailure(place, e, clock.instant());
    }
  }

  /** Tells the ends that are known, and sends and follows the others. */
  private BatchHandle attach(BatchKey key, Collection<AttemptKey> attempts, Instant queued)
      throws IOException {
    List<Attempt> open = new ArrayList<>();
    Set<AttemptKey> had = new HashSet<>();
    for (AttemptKey attempt : attempts) {
      BundleFolder place = folder.of(attempt);
      Optional<Call> call = Call.read(place);
      if (call.isPresent()) {
        open.add(new Attempt(attempt, key, place, call.get(), queued));
        had.add(attempt);
      } else {
        Optional<TaskResult> failed = ResultRecord.read(place, queued);
        if (failed.isPresent()) {
          observations.tell(key, attempt, new TaskState.Ended(failed.get()));
          had.add(attempt);
        }
      }
    }
    BatchHandle handle = new BatchHandle(key, had, "");
    synchronized (batches) {
      batches.put(key, handle);
    }
    flights.add(open);
    open.forEach(attempt -> flights.of(attempt.key()).ifPresent(watch::look));
    return handle;
  }

  @Override
  public Optional<BatchHandle> find(BatchKey batch, Collection<AttemptKey> attempts)
      throws SiteException {
    synchronized (batches) {
      BatchHandle known = batches.get(batch);
      if (known != null) {
        observations.tellAgain(batch, attempts);
        return Optional.of(known);
      }
    }
    try {
      Optional<Instant> written = folder.written(batch);
      return written.isEmpty()
          ? Optional.empty()
          : Optional.of(attach(batch, attempts, written.get()));
    } catch (IOException e) {
      throw shared(batch, e);
    }
  }

  @Override
  public void revoke(Collection<AttemptKey> attempts) throws SiteException {
    for (AttemptKey attempt : attempts) {
      try {
        folder.of(attempt).revoke(BundleFolder.Revocation.GIVEN_UP);
      } catch (IOException e) {
        throw new SiteException(
            Certainty.UNKNOWN,
            FailureKind.INFRASTRUCTURE,
            "cannot see to it that %s does not start: %s".formatted(attempt, e.getMessage()),
            e);
      }
    }
  }

  @Override
  public List<Observation> observe(Collection<BatchHandle> handles, Duration atMost)
      throws SiteException, InterruptedException {
    List<Observation> news = observations.take(handles, atMost);
    if (news.isEmpty()) {
      flights.throwTrouble();
    }
    return news;
  }

  @Override
  public void lookAgain() {
    observations.lookAgain();
  }

  @Override
  public Optional<String> waitsFor(AttemptKey attempt) {
    return flights
        .of(attempt)
        .filter(flight -> flight.phase() != Flight.Phase.RUNS)
        .map(flight ->
            observations.of(attempt).orElse(null) instanceof TaskState.Queued queued
                ? queued.reason()
                : "waits for its turn at site " + site);
  }

  @Override
  public void cancel(Collection<AttemptKey> attempts) throws SiteException {
    for (AttemptKey attempt : attempts) {
      Optional<Flight> flight = flights.of(attempt);
      if (flight.isPresent()) {
        cancel(flight.get());
      }
    }
  }

  private void cancel(Flight flight) throws SiteException {
    Attempt attempt = flight.attempt();
    try {
      flights.with(
          flight,
          f -> {
            f.askToStop(clock.instant());
            return true;
          });
      if (attempt.folder().revoke(BundleFolder.Revocation.CANCELLED)) {
        flights.end(flight, Watch.cancelledBefore(attempt, clock.instant()));
      } else {
        attempt.askToStop();
      }
    } catch (IOException e) {
      throw new SiteException(
          Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "%s cannot be told to end: %s".formatted(attempt.key(), e.getMessage()),
          e);
    }
  }

  @Override
  public List<Finding> check() {
    List<Finding> findings = new ArrayList<>();
    findings.add(folder.check());
    findings.addAll(platform.check());
    return findings;
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    BundleFolder place = folder.of(task.attempt());
    return LocalOutputFolder.of(
        task, ToolPaths.same(), List.of(place.out(), place.in()), place.secrets());
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) throws IOException {
    Path log = folder.of(attempt).log(stream);
    return Files.exists(log) ? Files.newInputStream(log) : InputStream.nullInputStream();
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return folder.of(attempt).path().toString();
  }

  @Override
  public void release(Collection<AttemptKey> attempts) {
    for (AttemptKey attempt : attempts) {
      BundleFolder place = folder.of(attempt);
      try {
        forget(attempt, place);
        Attempt.release(place);
        place.release();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot tidy up after " + attempt + ": " + e);
      }
      observations.forget(attempt);
    }
    synchronized (batches) {
      for (BatchHandle handle : List.copyOf(batches.values())) {
        release(handle, attempts);
      }
    }
  }

  private void forget(AttemptKey attempt, BundleFolder place) throws IOException {
    Optional<Call> call = Call.read(place);
    if (call.isPresent()) {
      try {
        platform.forget(
            new Attempt(
                attempt, new BatchKey("none", "none", 0), place, call.get(), Instant.EPOCH));
      } catch (SiteException e) {
        LOG.log(
            Level.INFO, "site {0} keeps what it has of {1}: {2}", site, attempt, e.getMessage());
      }
    }
  }

  private void release(BatchHandle handle, Collection<AttemptKey> attempts) {
    Set<AttemptKey> left = new HashSet<>(handle.attempts());
    if (!left.removeAll(Set.copyOf(attempts))) {
      return;
    }
    if (!left.isEmpty()) {
      batches.put(handle.key(), new BatchHandle(handle.key(), left, handle.siteId()));
      return;
    }
    batches.remove(handle.key());
    try {
      folder.forget(handle.key());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot tidy up after " + handle.key() + ": " + e);
    }
  }

  /** What the site has goes on; the next engine finds it. */
  @Override
  public void close() {
    flights.close();
    platform.close();
  }
}
