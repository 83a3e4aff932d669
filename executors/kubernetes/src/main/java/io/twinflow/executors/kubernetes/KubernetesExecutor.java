package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
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
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  private final Leftovers leftovers;
  private final Observations observations = new Observations();
  private final Clock clock = Clock.systemUTC();
  private final Follow follow;
  private final Watching watching;
  private final Map<BatchKey, BatchHandle> batches = new HashMap<>();

  /** Asks nobody yet. */
  public KubernetesExecutor(KubernetesOptions options) {
    this.options = options;
    this.ground = Grounds.of(options, clock);
    this.client =
        new KubernetesClientBuilder()
            .withConfig(options.access().config(options.namespace()))
            .build();
    this.api = new Api(client, options);
    this.cluster = new Cluster(api, options, ground.pods());
    this.leftovers = new Leftovers(api);
    this.follow = new Follow(observations, leftovers::delete, clock, options.queueTimeout());
    this.watching =
        new Watching(
            new Watches(client, options, ground.labels(), follow),
            follow,
            leftovers,
            ground,
            options.site());
  }

  @Override
  public String site() {
    return options.site();
  }

  @Override
  public Capabilities capabilities() {
    Cluster.Size size = cluster.size();
    return new Capabilities(
        size.cores(),
        size.memoryMiB(),
        size.gpus(),
        Optional.of("kubernetes"),
        "",
        ground.reaches(),
        MAX_BATCH,
        QUEUE_DEPTH);
  }

  /** Pods and containers see an attempt's folders under one name. */
  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    return ground.layout(attempt);
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
      if (ground.read(batch.key()).isEmpty()) {
        write(batch);
      }
      return attach(batch.key(), attempts, ground.read(batch.key()).orElseThrow());
    } catch (IOException e) {
      throw unusable(batch.key(), e);
    }
  }

  private SiteException unusable(BatchKey batch, IOException e) {
    return new SiteException(
        Certainty.UNKNOWN,
        FailureKind.INFRASTRUCTURE,
        "site %s: the files of %s cannot be exchanged: %s"
            .formatted(options.site(), batch, e.getMessage()),
        e);
  }

  private void write(Batch batch) throws IOException {
    Long given = options.pods().security().user();
    long user = given != null ? given : ground.pods().user();
    JobBody body = new JobBody(options, ground.labels(), ground.pods(), user);
    Map<AttemptKey, Job> jobs = new ConcurrentHashMap<>();
    AtOnce.each(
        batch.tasks(),
        task -> {
          try {
            cluster.size().check(task.resources());
            Job job = body.of(batch.key(), task);
            ground.write(task);
            jobs.put(task.attempt(), job);
          } catch (AttemptFailure e) {
            ground.fail(task.attempt(), e, clock.instant());
          }
        });
    ground.note(
        batch.key(),
        batch.tasks().stream()
            .map(task -> jobs.get(task.attempt()))
            .filter(Objects::nonNull)
            .toList());
  }

  /** Creates the Jobs that are not there yet, and follows all. */
  private BatchHandle attach(BatchKey key, Collection<AttemptKey> attempts, Ground.Noted noted)
      throws IOException, SiteException {
    watching.begin();
    Instant queued = noted.at();
    Map<String, AttemptKey> open = new HashMap<>();
    attempts.forEach(attempt -> open.put(attempt.value(), attempt));
    Map<AttemptKey, TaskResult> results = new HashMap<>(ground.results(attempts, queued));
    List<Job> missing = new ArrayList<>();
    for (Job job : noted.jobs()) {
      AttemptKey attempt = open.get(job.getMetadata().getName());
      if (attempt != null && !results.containsKey(attempt)) {
        missing.add(job);
      }
    }
    Set<AttemptKey> created = create(key, open, missing);
    results.putAll(ground.results(attempts, queued));
    Set<AttemptKey> had = new HashSet<>(attempts);
    for (AttemptKey attempt : attempts) {
      TaskResult result = results.get(attempt);
      if (created.contains(attempt) || hasRun(result)) {
        follow.add(
            new Followed(attempt, key, ground, options.namespace(), queued, clock.instant()),
            result != null);
      } else if (result != null) {
        observations.tell(key, attempt, new TaskState.Ended(result));
      } else {
        had.remove(attempt);
      }
    }
    BatchHandle handle = new BatchHandle(key, had, options.namespace() + "/" + key.value());
    synchronized (batches) {
      batches.put(key, handle);
    }
    return handle;
  }

  /** Those that Kubernetes has now; it has refused the others, and they never run. */
  private Set<AttemptKey> create(BatchKey key, Map<String, AttemptKey> open, List<Job> missing)
      throws IOException, SiteException {
    Set<AttemptKey> created = new HashSet<>();
    missing.forEach(job -> created.add(open.get(job.getMetadata().getName())));
    Optional<Secret> secret =
        missing.isEmpty() ? Optional.empty() : ground.pods().secret(key, open.values());
    if (secret.isPresent()) {
      api.create(secret.get());
    }
    for (Map.Entry<String, AttemptFailure> one : new Create(api).all(missing).entrySet()) {
      AttemptKey attempt = Objects.requireNonNull(open.get(one.getKey()), one.getKey());
      ground.fail(attempt, one.getValue(), clock.instant());
      created.remove(attempt);
    }
    return created;
  }

  /** Its pod may say more than its record: whether it was ended, and what image it ran. */
  private static boolean hasRun(@Nullable TaskResult result) {
    return result != null && result.usage().started() != null;
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
        ground.revoke(attempt, Revocation.GIVEN_UP);
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
    return follow.waitsFor(attempt);
  }

  @Override
  public void cancel(Collection<AttemptKey> attempts) throws SiteException {
    new Cancel(api, follow)
        .all(attempts.stream().map(follow::of).flatMap(Optional::stream).toList());
  }

  @Override
  public List<Finding> check() {
    return new CheckKubernetes(client, api, options, ground).findings();
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    return ground.outputs(task);
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) throws IOException {
    return ground.log(attempt, stream);
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return "%s; kubectl --namespace %s describe job %s"
        .formatted(ground.whereabouts(attempt), options.namespace(), attempt.value());
  }

  @Override
  public void release(Collection<AttemptKey> attempts) {
    for (AttemptKey attempt : attempts) {
      leftovers.delete(attempt.value());
      try {
        ground.release(attempt);
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
    leftovers.deleteSecret(ground, handle.key().value());
    try {
      ground.forget(handle.key());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot tidy up after " + handle.key() + ": " + e);
    }
  }

  /** Jobs go on; the next engine finds them. */
  @Override
  public void close() {
    watching.close();
    leftovers.close();
    client.close();
  }
}
