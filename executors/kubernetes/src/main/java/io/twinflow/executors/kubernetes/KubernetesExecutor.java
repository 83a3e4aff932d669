package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
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
import io.twinflow.executors.bundle.BundleFolder.Revocation;
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
 * Runs attempts as Jobs of Kubernetes. The engine and the pods share a folder or a store ({@link
 * Ground}); what an attempt did is known from there, and Kubernetes tells by three watches whether
 * it still waits or runs, and why. Jobs outlive the engine.
 */
public final class KubernetesExecutor implements Executor {

  private static final Logger LOG = System.getLogger(KubernetesExecutor.class.getName());

  private static final int MAX_BATCH = 1_000;
  private static final int QUEUE_DEPTH = 1_000;

  private final KubernetesOptions options;
  private final Ground ground;
  private final KubernetesClient client;
  private final Api api;
  private final Cluster cluster;
  private final IndexedJobs indexed;
  private final Leftovers leftovers;
  private final Observations observations = new Observations();
  private final Parked parked = new Parked();
  private final Follow follow;
  private final Watching watching;
  private final WriteBatch write;
  private final Attach attach;
  private final Batches batches;

  /** Asks nobody yet. */
  public KubernetesExecutor(KubernetesOptions options) {
    Clock clock = Clock.systemUTC();
    this.options = options;
    this.ground = Grounds.of(options, clock);
    this.client =
        new KubernetesClientBuilder()
            .withConfig(options.access().config(options.namespace()))
            .build();
    this.api = new Api(client, options);
    this.cluster = new Cluster(api, options, ground.pods(), clock);
    this.indexed = new IndexedJobs(client, options, ground.pods());
    this.leftovers = new Leftovers(api);
    this.batches = new Batches(ground, leftovers);
    Heard heard = new Heard();
    Following following = new Following();
    Waits waits = new Waits();
    this.follow =
        new Follow(
            following,
            new Look(following, waits, observations, leftovers, clock, options.queueTimeout()),
            waits,
            heard);
    this.watching =
        new Watching(
            new Watches(client, options, ground.labels(), follow, heard),
            follow,
            heard,
            leftovers,
            batches,
            ground,
            options.site());
    this.write = new WriteBatch(options, ground, cluster, indexed, clock);
    this.attach = new Attach(options, ground, api, follow, observations, clock);
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
        Optional.of("kubernetes"),
        "",
        ground.attempts().reaches(),
        MAX_BATCH,
        QUEUE_DEPTH);
  }

  /** Waits for the cluster's size, as who looks at {@link #capabilities} never does. */
  KubernetesExecutor withKnownSize() {
    cluster.size();
    return this;
  }

  /** Whether the cluster tells of all Jobs and pods as it happens. */
  boolean hears() {
    return watching.hears();
  }

  /** Pods and containers see an attempt's folders under one name. */
  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    return ground.attempts().layout(attempt, false);
  }

  @Override
  public BatchHandle submit(Batch batch) throws SiteException {
    Optional<BatchHandle> known = batches.of(batch.key());
    if (known.isPresent()) {
      return known.get();
    }
    Set<AttemptKey> attempts =
        batch.tasks().stream().map(TaskSpec::attempt).collect(Collectors.toSet());
    try {
      if (ground.read(batch.key()).isEmpty()) {
        write.of(batch);
      }
      return attach(batch.key(), attempts, ground.read(batch.key()).orElseThrow());
    } catch (IOException e) {
      throw kept(attempts, unusable(batch.key(), e));
    } catch (SiteException e) {
      throw kept(attempts, e);
    }
  }

  /** Who asks for what they wait before the site takes them gets its words. */
  private SiteException kept(Collection<AttemptKey> attempts, SiteException e) {
    if (e.kind() == FailureKind.INFRASTRUCTURE) {
      parked.add(attempts, String.valueOf(e.getMessage()));
    }
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

  private BatchHandle attach(BatchKey key, Collection<AttemptKey> attempts, Ground.Noted noted)
      throws IOException, SiteException {
    api.needToken();
    watching.begin();
    BatchHandle handle = attach.to(key, attempts, noted);
    parked.remove(attempts);
    batches.add(handle, noted);
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
    try {
      Optional<Ground.Noted> noted = ground.read(batch);
      return noted.isEmpty() ? Optional.empty() : Optional.of(attach(batch, attempts, noted.get()));
    } catch (IOException e) {
      throw kept(attempts, unusable(batch, e));
    } catch (SiteException e) {
      throw kept(attempts, e);
    }
  }

  @Override
  public void revoke(Collection<AttemptKey> attempts) throws SiteException {
    for (AttemptKey attempt : attempts) {
      try {
        ground.attempts().revoke(attempt, Revocation.GIVEN_UP);
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
      watching.throwTrouble();
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
    new Cancel(api, follow)
        .all(attempts.stream().map(follow::of).flatMap(Optional::stream).toList());
  }

  @Override
  public List<Finding> check() {
    return new CheckKubernetes(client, api, options, ground, indexed).findings();
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    return ground.attempts().outputs(task);
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) throws IOException {
    return ground.attempts().log(attempt, stream);
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return "%s; kubectl --namespace %s describe job %s"
        .formatted(
            ground.attempts().whereabouts(attempt),
            options.namespace(),
            batches.sharedJob(attempt).orElse(attempt.value()));
  }

  @Override
  public void release(Collection<AttemptKey> attempts) {
    for (AttemptKey attempt : attempts) {
      try {
        ground.release(attempt);
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
    watching.close();
    leftovers.close();
    client.close();
  }
}
