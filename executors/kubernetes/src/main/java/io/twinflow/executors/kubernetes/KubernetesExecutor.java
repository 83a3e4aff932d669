package io.twinflow.executors.kubernetes;

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
import io.twinflow.executors.bundle.Bundle;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.ResultRecord;
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
 * Runs attempts as Jobs of Kubernetes. The engine and the pods share a folder, where each attempt
 * has its own ({@link BundleFolder}); what an attempt did is known from there, and Kubernetes tells
 * by three watches whether it still waits or runs, and why. Jobs outlive the engine.
 */
public final class KubernetesExecutor implements Executor {

  private static final Logger LOG = System.getLogger(KubernetesExecutor.class.getName());

  private static final int MAX_BATCH = 1_000;
  private static final int QUEUE_DEPTH = 1_000;

  private final KubernetesOptions options;
  private final Path root;
  private final Labels labels;
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
    this.root = options.folder().root();
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot use %s as the shared folder of site %s".formatted(root, options.site()), e);
    }
    this.labels = Labels.of(root);
    this.client =
        new KubernetesClientBuilder()
            .withConfig(options.access().config(options.namespace()))
            .build();
    this.api = new Api(client, options);
    this.cluster = new Cluster(api, options);
    this.leftovers = new Leftovers(api);
    this.follow = new Follow(observations, leftovers::delete, clock, options.queueTimeout());
    this.watching =
        new Watching(new Watches(client, options, labels, follow), follow, leftovers, root);
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
        Set.of("file"),
        MAX_BATCH,
        QUEUE_DEPTH);
  }

  private BundleFolder folder(AttemptKey attempt) {
    return BundleFolder.of(root, attempt);
  }

  /** The folder has one name, here and in each pod. */
  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    return folder(attempt).layout();
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
    BatchFile file = BatchFile.of(root, batch.key());
    try {
      if (!file.exists()) {
        write(batch, file);
      }
      return attach(batch.key(), attempts, file);
    } catch (IOException e) {
      throw shared(batch.key(), e);
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

  private void write(Batch batch, BatchFile file) throws IOException {
    JobBody body = new JobBody(options, labels, user(), Bundle.script(root));
    List<Job> jobs = new ArrayList<>();
    for (TaskSpec task : batch.tasks()) {
      BundleFolder folder = folder(task.attempt());
      try {
        cluster.size().check(task.resources());
        jobs.add(body.of(batch.key(), task, folder));
        Bundle.writeWithinImage(task, folder);
      } catch (AttemptFailure e) {
        jobs.removeIf(job -> job.getMetadata().getName().equals(task.attempt().value()));
        ResultRecord.writeFailure(folder, e, clock.instant());
      }
    }
    file.write(jobs);
  }

  private long user() throws IOException {
    Long given = options.pods().security().user();
    return given != null ? given : ((Number) Files.getAttribute(root, "unix:uid")).longValue();
  }

  /** Creates the Jobs that are not there yet, and follows all. */
  private BatchHandle attach(BatchKey key, Collection<AttemptKey> attempts, BatchFile file)
      throws IOException, SiteException {
    watching.begin();
    Instant queued = file.written();
    Map<String, AttemptKey> open = new HashMap<>();
    attempts.forEach(attempt -> open.put(attempt.value(), attempt));
    List<Job> missing = new ArrayList<>();
    for (Job job : file.read()) {
      AttemptKey attempt = open.get(job.getMetadata().getName());
      if (attempt != null && ResultRecord.read(folder(attempt), queued).isEmpty()) {
        missing.add(job);
      }
    }
    Map<String, AttemptFailure> refused = new Create(api).all(missing);
    for (Map.Entry<String, AttemptFailure> one : refused.entrySet()) {
      AttemptKey attempt = open.get(one.getKey());
      if (attempt != null) {
        ResultRecord.writeFailure(folder(attempt), one.getValue(), clock.instant());
      }
    }
    Set<AttemptKey> had = new HashSet<>(attempts);
    Set<String> created =
        missing.stream().map(job -> job.getMetadata().getName()).collect(Collectors.toSet());
    created.removeAll(refused.keySet());
    for (AttemptKey attempt : attempts) {
      Optional<TaskResult> result = ResultRecord.read(folder(attempt), queued);
      if (created.contains(attempt.value()) || hasRun(result)) {
        follow.add(
            new Followed(
                attempt, key, folder(attempt), options.namespace(), queued, clock.instant()),
            result.isPresent());
      } else if (result.isPresent()) {
        observations.tell(key, attempt, new TaskState.Ended(result.get()));
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

  /** Its pod may say more than its record: whether it was ended, and what image it ran. */
  private static boolean hasRun(Optional<TaskResult> result) {
    return result.isPresent() && result.get().usage().started() != null;
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
    BatchFile file = BatchFile.of(root, batch);
    if (!file.exists()) {
      return Optional.empty();
    }
    try {
      return Optional.of(attach(batch, attempts, file));
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
    return new CheckKubernetes(client, api, options).findings();
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    BundleFolder folder = folder(task.attempt());
    return LocalOutputFolder.of(
        task, ToolPaths.same(), List.of(folder.out(), folder.in()), folder.secrets());
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) throws IOException {
    Path log = folder(attempt).log(stream);
    return Files.exists(log) ? Files.newInputStream(log) : InputStream.nullInputStream();
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return "%s; kubectl --namespace %s describe job %s"
        .formatted(folder(attempt).path(), options.namespace(), attempt.value());
  }

  @Override
  public void release(Collection<AttemptKey> attempts) {
    for (AttemptKey attempt : attempts) {
      leftovers.delete(attempt.value());
      try {
        folder(attempt).release();
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
    try {
      BatchFile.of(root, handle.key()).delete();
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
