package io.twinflow.executors.slurm;

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
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.api.support.Parked;
import io.twinflow.executors.bundle.Attempts;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.container.ContainerEngines;
import io.twinflow.executors.bundle.container.ContainerTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs attempts as Slurm jobs. What an attempt did is known from where it lies, a folder that the
 * nodes share with the engine or a store ({@link Ground}), and Slurm is asked only whether it still
 * waits or runs. Jobs outlive the engine.
 */
public final class SlurmExecutor implements Executor {

  private static final Logger LOG = System.getLogger(SlurmExecutor.class.getName());

  private static final int MAX_BATCH = 10_000;
  private static final int QUEUE_DEPTH = 1_000;

  private final SlurmOptions options;
  private final Ground ground;
  private final Attempts attempts;
  private final SlurmRest rest;
  private final Slurm slurm;
  private final Observations observations = new Observations();
  private final Cluster cluster;
  private final WriteBatch write;
  private final Following following = new Following();
  private final Follow follow;
  private final Attach attach;
  private final Parked parked = new Parked();
  private final Batches batches;

  public SlurmExecutor(SlurmOptions options) {
    this(options, Clock.systemUTC());
  }

  /**
   * @param clock of the engine's machine; the nodes have clocks of their own
   */
  SlurmExecutor(SlurmOptions options, Clock clock) {
    this.options = options;
    this.ground = Ground.of(options);
    this.attempts = ground.attempts();
    this.rest = new SlurmRest(options);
    this.slurm = new Slurm(rest, options.jobs());
    this.cluster = new Cluster(slurm);
    this.write = new WriteBatch(ground, options, cluster, clock);
    Look look =
        new Look(
            ground,
            following,
            new Forgotten(new History(slurm, options.history())),
            new Verdict(ground.errors(), clock),
            this::withdraw,
            observations,
            clock);
    this.follow =
        new Follow(options.site(), slurm::jobs, following, look, observations, options.poll());
    this.attach = new Attach(ground, new Submit(slurm, ground), follow, observations);
    this.batches = new Batches(ground);
  }

  private void withdraw(Followed ended) {
    try {
      slurm.cancel(ended.siteId());
    } catch (SiteException e) {
      // It would find the attempt claimed and end at once.
      LOG.log(Level.INFO, "job {0} stays: {1}", ended.siteId(), e.getMessage());
    }
  }

  @Override
  public String site() {
    return options.site();
  }

  @Override
  public Capabilities capabilities() {
    Cluster.Size size = cluster.sizeByNow();
    return new Capabilities(
        size.cores(),
        size.memoryMiB(),
        size.gpus(),
        Optional.ofNullable(options.containers()).map(ContainerTemplate::name),
        "site %s is configured without containers; set its container to one of %s"
            .formatted(options.site(), ContainerEngines.NAMES),
        attempts.reaches(),
        MAX_BATCH,
        QUEUE_DEPTH);
  }

  @Override
  public List<Finding> check() {
    return new CheckSlurm(slurm, options, ground).findings();
  }

  /** Waits for the cluster's size, as who looks at {@link #capabilities} never does. */
  SlurmExecutor withKnownSize() {
    cluster.size();
    return this;
  }

  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    return attempts.layout(attempt, inContainer);
  }

  @Override
  public BatchHandle submit(Batch batch) throws SiteException {
    Optional<BatchHandle> known = batches.of(batch.key());
    if (known.isPresent()) {
      return known.get();
    }
    Set<AttemptKey> wanted =
        batch.tasks().stream().map(TaskSpec::attempt).collect(Collectors.toSet());
    try {
      BatchNotes notes = ground.notes(batch.key());
      BatchContent content = notes.exists() ? notes.read() : write.of(batch);
      return attach(batch.key(), wanted, ground.notes(batch.key()), content);
    } catch (IOException e) {
      throw kept(wanted, unusable(batch.key(), e));
    } catch (SiteException e) {
      throw kept(wanted, e);
    }
  }

  /** Who asks for what they wait before the site takes them gets its words. */
  private SiteException kept(Collection<AttemptKey> wanted, SiteException e) {
    parked.add(wanted, String.valueOf(e.getMessage()));
    return e;
  }

  private SiteException unusable(BatchKey batch, IOException e) {
    return new SiteException(
        Certainty.UNKNOWN,
        FailureKind.INFRASTRUCTURE,
        "site %s: the files of %s cannot be exchanged: %s"
            .formatted(options.site(), batch, e.getMessage()),
        e);
  }

  private BatchHandle attach(
      BatchKey key, Collection<AttemptKey> wanted, BatchNotes notes, BatchContent content)
      throws IOException, SiteException {
    BatchHandle handle = attach.to(key, wanted, notes, content);
    batches.add(handle);
    parked.remove(handle.attempts());
    return handle;
  }

  @Override
  public Optional<BatchHandle> find(BatchKey batch, Collection<AttemptKey> wanted)
      throws SiteException {
    Optional<BatchHandle> known = batches.of(batch);
    if (known.isPresent()) {
      observations.tellAgain(batch, wanted);
      return known;
    }
    try {
      BatchNotes notes = ground.notes(batch);
      return notes.exists()
          ? Optional.of(attach(batch, wanted, notes, notes.read()))
          : Optional.empty();
    } catch (IOException e) {
      throw kept(wanted, unusable(batch, e));
    }
  }

  @Override
  public void revoke(Collection<AttemptKey> unwanted) throws SiteException {
    for (AttemptKey attempt : unwanted) {
      try {
        attempts.revoke(attempt, BundleFolder.Revocation.GIVEN_UP);
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
      follow.throwTrouble();
    }
    return news;
  }

  @Override
  public void lookAgain() {
    observations.lookAgain();
  }

  @Override
  public Optional<String> waitsFor(AttemptKey attempt) {
    return follow.waitsFor(attempt).or(() -> parked.reason(attempt));
  }

  @Override
  public void cancel(Collection<AttemptKey> unwanted) throws SiteException {
    List<Followed> open = unwanted.stream().map(following::of).flatMap(Optional::stream).toList();
    new Cancel(slurm, following, attempts).all(open);
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    return attempts.outputs(task);
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) throws IOException {
    return attempts.log(attempt, stream);
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return attempts.whereabouts(attempt);
  }

  @Override
  public void release(Collection<AttemptKey> ended) {
    for (AttemptKey attempt : ended) {
      try {
        attempts.release(attempt);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot tidy up after " + attempt + ": " + e);
      }
      observations.forget(attempt);
    }
    parked.remove(ended);
    batches.release(ended);
  }

  /** Jobs go on; the next engine finds them. */
  @Override
  public void close() {
    follow.close();
    rest.close();
  }
}
