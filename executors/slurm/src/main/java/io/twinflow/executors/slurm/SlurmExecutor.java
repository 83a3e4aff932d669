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
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.container.ContainerEngines;
import io.twinflow.executors.bundle.container.ContainerTemplate;
import io.twinflow.executors.bundle.files.LocalOutputFolder;
import io.twinflow.executors.bundle.files.ToolPaths;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs attempts as Slurm jobs. The engine and the nodes share a folder, where each attempt has its
 * own ({@link BundleFolder}); what an attempt did is known from there, and Slurm is asked only
 * whether it still waits or runs. Jobs outlive the engine.
 */
public final class SlurmExecutor implements Executor {

  private static final Logger LOG = System.getLogger(SlurmExecutor.class.getName());

  private static final int MAX_BATCH = 10_000;
  private static final int QUEUE_DEPTH = 1_000;

  private final SlurmOptions options;
  private final Path root;
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
    try {
      this.root = Files.createDirectories(options.root()).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot use %s as the shared folder of site %s".formatted(options.root(), options.site()),
          e);
    }
    this.rest = new SlurmRest(options);
    this.slurm = new Slurm(rest, options.jobs());
    this.cluster = new Cluster(slurm);
    this.write = new WriteBatch(root, options, cluster, clock);
    Look look =
        new Look(
            following,
            new Forgotten(new History(slurm, options.history())),
            new Verdict(new ErrorsLog(root), clock),
            this::withdraw,
            observations,
            clock);
    this.follow =
        new Follow(options.site(), slurm::jobs, following, look, observations, options.poll());
    this.attach = new Attach(root, new Submit(slurm), follow, observations);
    this.batches = new Batches(root);
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
        Set.of("file"),
        MAX_BATCH,
        QUEUE_DEPTH);
  }

  @Override
  public List<Finding> check() {
    return new CheckSlurm(slurm, options, root).findings();
  }

  /** Waits for the cluster's size, as who looks at {@link #capabilities} never does. */
  SlurmExecutor withKnownSize() {
    cluster.size();
    return this;
  }

  private BundleFolder folder(AttemptKey attempt) {
    return BundleFolder.of(root, attempt);
  }

  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    return inContainer ? BundleFolder.layoutInContainer() : folder(attempt).layout();
  }

  @Override
  public BatchHandle submit(Batch batch) throws SiteException {
    Optional<BatchHandle> known = batches.of(batch.key());
    if (known.isPresent()) {
      return known.get();
    }
    Set<AttemptKey> attempts =
        batch.tasks().stream().map(TaskSpec::attempt).collect(Collectors.toSet());
    BatchFolder files = BatchFolder.of(root, batch.key());
    try {
      BatchContent content = files.exists() ? files.read() : write.of(batch, files);
      return attach(batch.key(), attempts, files, content);
    } catch (IOException e) {
      throw shared(batch.key(), e);
    } catch (SiteException e) {
      parked.add(attempts, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private SiteException shared(BatchKey batch, IOException e) {
    return new SiteException(
        Certainty.UNKNOWN,
        FailureKind.INFRASTRUCTURE,
        "site %s: the shared folder cannot be used for %s: %s"
            .formatted(options.site(), batch, e.getMessage()),
        e);
  }

  private BatchHandle attach(
      BatchKey key, Collection<AttemptKey> attempts, BatchFolder files, BatchContent content)
      throws IOException, SiteException {
    BatchHandle handle = attach.to(key, attempts, files, content);
    batches.add(handle);
    parked.remove(handle.attempts());
    return handle;
  }

  @Override
  public Optional<BatchHandle> find(BatchKey batch, Collection<AttemptKey> attempts)
      throws SiteException {
    Optional<BatchHandle> known = batches.of(batch);
    if (known.isPresent()) {
      observations.tellAgain(batch, attempts);
      return known;
    }
    BatchFolder files = BatchFolder.of(root, batch);
    if (!files.exists()) {
      return Optional.empty();
    }
    try {
      return Optional.of(attach(batch, attempts, files, files.read()));
    } catch (IOException e) {
      throw shared(batch, e);
    }
  }

  @Override
  public void revoke(Collection<AttemptKey> attempts) throws SiteException {
    for (AttemptKey attempt : attempts) {
      try {
        folder(attempt).revoke(BundleFolder.Revocation.GIVEN_UP);
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
  public void cancel(Collection<AttemptKey> attempts) throws SiteException {
    List<Followed> open = attempts.stream().map(following::of).flatMap(Optional::stream).toList();
    new Cancel(slurm, following).all(open);
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    BundleFolder folder = folder(task.attempt());
    return LocalOutputFolder.of(
        task,
        task.container() == null ? ToolPaths.same() : folder.pathsInContainer(task.layout()),
        List.of(folder.out(), folder.in()),
        folder.secrets());
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) throws IOException {
    Path log = folder(attempt).log(stream);
    return Files.exists(log) ? Files.newInputStream(log) : InputStream.nullInputStream();
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return folder(attempt).path().toString();
  }

  @Override
  public void release(Collection<AttemptKey> attempts) {
    for (AttemptKey attempt : attempts) {
      BundleFolder folder = folder(attempt);
      try {
        folder.release();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot tidy up after " + attempt + ": " + e);
      }
      observations.forget(attempt);
    }
    parked.remove(attempts);
    batches.release(attempts);
  }

  /** Jobs go on; the next engine finds them. */
  @Override
  public void close() {
    follow.close();
    rest.close();
  }
}
