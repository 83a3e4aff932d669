package io.twinflow.executors.serverless.attempts;

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
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.api.support.Parked;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Runs attempts by one call each. What is to be run is written into the shared folder first, and
 * what became of it is read there; an engine that comes later goes on from what it finds.
 */
public final class ServerlessExecutor implements Executor {

  private static final Logger LOG = System.getLogger(ServerlessExecutor.class.getName());
  private static final int MAX_BATCH = 1_000;

  /** Of an attempt that never had one. */
  private static final Call NONE = new Call("", false, 0, 0);

  private final String site;
  private final Ground ground;
  private final Platform platform;
  private final Limits limits;
  private final Observations observations = new Observations();
  private final Parked parked = new Parked();
  private final Clock clock = Clock.systemUTC();
  private final Flights flights;
  private final Watch watch;
  private final Map<BatchKey, BatchHandle> batches = new HashMap<>();

  /** Those that the site may have words about; until they are released. */
  private final Map<AttemptKey, Attempt> called = new ConcurrentHashMap<>();

  public ServerlessExecutor(String site, Ground ground, Platform platform, Limits limits) {
    this.site = site;
    this.ground = ground;
    this.platform = platform;
    this.limits = limits;
    this.flights = new Flights(observations, clock, limits);
    this.watch = new Watch(site, platform, ground, flights, limits, clock);
    watch.start();
    new Dispatch(site, platform, flights, watch, limits, clock, ground.isBroughtHome()).start();
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
        ground.attempts().reaches(),
        MAX_BATCH,
        2 * limits.calls());
  }

  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    return ground.attempts().layout(attempt, false);
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
      Optional<Ground.Noted> noted = ground.read(batch.key());
      if (noted.isEmpty()) {
        ground.note(batch.key(), write(batch.tasks()));
        noted = ground.read(batch.key());
      }
      return attach(batch.key(), attempts, noted.orElseThrow());
    } catch (IOException e) {
      throw kept(attempts, unusable(batch.key(), e));
    }
  }

  /** Who asks for what they wait before the site takes them gets its words. */
  private SiteException kept(Collection<AttemptKey> attempts, SiteException e) {
    parked.add(attempts, String.valueOf(e.getMessage()));
    return e;
  }

  private SiteException unusable(BatchKey batch, IOException e) {
    return new SiteException(
        Certainty.UNKNOWN,
        FailureKind.INFRASTRUCTURE,
        "site %s: cannot write or read %s: %s".formatted(site, batch, e.getMessage()),
        e);
  }

  private Map<AttemptKey, Call> write(List<TaskSpec> tasks) throws IOException {
    Map<AttemptKey, Call> calls = new LinkedHashMap<>();
    for (TaskSpec task : tasks) {
      try {
        Call call =
            Size.of(site, limits).call(task, platform.target(task), platform.arguments(task));
        ground.attempts().write(task);
        calls.put(task.attempt(), call);
      } catch (AttemptFailure e) {
        ground.attempts().fail(task.attempt(), e, clock.instant());
      }
    }
    return calls;
  }

  /** Tells the ends that are known, and sends and follows the others. */
  private BatchHandle attach(BatchKey key, Collection<AttemptKey> attempts, Ground.Noted noted)
      throws IOException {
    Map<String, AttemptKey> byName = new LinkedHashMap<>();
    attempts.forEach(attempt -> byName.put(attempt.value(), attempt));
    List<Attempt> open = new ArrayList<>();
    Set<AttemptKey> had = new HashSet<>();
    // In the order of the batch, which is the order of the queue.
    noted
        .calls()
        .forEach((name, call) -> {
          AttemptKey attempt = byName.remove(name);
          if (attempt != null) {
            open.add(new Attempt(attempt, key, call, noted.at()));
            had.add(attempt);
          }
        });
    for (AttemptKey attempt : byName.values()) {
      if (ground.find(new Attempt(attempt, key, NONE, noted.at()))
          instanceof Ground.Found.Ended failed) {
        observations.tell(key, attempt, new TaskState.Ended(failed.result()));
        had.add(attempt);
      }
    }
    BatchHandle handle = new BatchHandle(key, had, "");
    synchronized (batches) {
      batches.put(key, handle);
    }
    parked.remove(attempts);
    open.forEach(attempt -> called.put(attempt.key(), attempt));
    flights.add(open);
    watch.lookAtThese(open);
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
      Optional<Ground.Noted> noted = ground.read(batch);
      return noted.isEmpty() ? Optional.empty() : Optional.of(attach(batch, attempts, noted.get()));
    } catch (IOException e) {
      throw unusable(batch, e);
    }
  }

  @Override
  public void revoke(Collection<AttemptKey> attempts) throws SiteException {
    for (AttemptKey attempt : attempts) {
      try {
        ground.attempts().revoke(attempt, BundleFolder.Revocation.GIVEN_UP);
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

  /** Somebody says that there is news of an attempt: whether there is, is looked for. */
  public void look(AttemptKey attempt) {
    flights.of(attempt).ifPresent(watch::look);
  }

  @Override
  public Optional<String> waitsFor(AttemptKey attempt) {
    return flights
        .of(attempt)
        .filter(flight -> flight.phase() != Flight.Phase.RUNS)
        .map(flight ->
            observations.of(attempt).orElse(null) instanceof TaskState.Queued queued
                ? queued.reason()
                : "waits for its turn at site " + site)
        .or(() -> parked.reason(attempt));
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
      if (ground.attempts().revoke(attempt.key(), BundleFolder.Revocation.CANCELLED)) {
        flights.end(flight, Watch.cancelledBefore(attempt, clock.instant()));
      } else {
        ground.askToStop(attempt, clock.instant());
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
    List<Finding> findings = new ArrayList<>(ground.check());
    findings.addAll(platform.check());
    return findings;
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    return ground.attempts().outputs(task);
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) throws IOException {
    InputStream log = ground.attempts().log(attempt, stream);
    Attempt known = called.get(attempt);
    if (stream == LogStream.STDOUT || known == null || !hasFailed(attempt)) {
      return log;
    }
    PushbackInputStream looked = new PushbackInputStream(log);
    int first = looked.read();
    if (first < 0) {
      looked.close();
      return siteLog(known);
    }
    looked.unread(first);
    return looked;
  }

  /** Of those whose tool has ended by itself, what is there is all that there is. */
  private boolean hasFailed(AttemptKey attempt) {
    return switch (observations.of(attempt).orElse(null)) {
      case TaskState.Lost lost -> true;
      case TaskState.Ended ended -> ended.result().outcome() instanceof Outcome.Failed;
      case null, default -> false;
    };
  }

  private InputStream siteLog(Attempt attempt) throws IOException {
    try {
      return new ByteArrayInputStream(platform.said(attempt).getBytes(StandardCharsets.UTF_8));
    } catch (SiteException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return ground.attempts().whereabouts(attempt);
  }

  @Override
  public void release(Collection<AttemptKey> attempts) {
    for (AttemptKey attempt : attempts) {
      try {
        platform.forget(attempt);
      } catch (SiteException e) {
        LOG.log(
            Level.INFO, "site {0} keeps what it has of {1}: {2}", site, attempt, e.getMessage());
      }
      try {
        ground.release(attempt);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot tidy up after " + attempt + ": " + e);
      }
      observations.forget(attempt);
      called.remove(attempt);
    }
    parked.remove(attempts);
    synchronized (batches) {
      for (BatchHandle handle : List.copyOf(batches.values())) {
        release(handle, attempts);
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
      ground.forget(handle.key());
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
