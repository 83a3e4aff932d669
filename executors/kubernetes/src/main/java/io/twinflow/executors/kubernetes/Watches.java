package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.support.NetworkWords;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Three requests that stay open, whatever the number of attempts: for the pods and the Jobs of the
 * folder, and for what keeps Jobs from getting pods. The client asks for all anew when it has
 * missed something.
 */
final class Watches implements Known, AutoCloseable {

  private static final long PAGE = 500;

  private final KubernetesOptions options;
  private final SharedIndexInformer<Pod> pods;
  private final SharedIndexInformer<Job> jobs;
  private final SharedIndexInformer<Event> refusals;
  private final QueueWatch queue;
  private final AtomicReference<Optional<Throwable>> trouble =
      new AtomicReference<>(Optional.empty());

  Watches(
      KubernetesClient client,
      KubernetesOptions options,
      Labels labels,
      Follow follow,
      Heard heard) {
    this.options = options;
    this.queue = new QueueWatch(client, options, follow::queued, heard);
    this.pods =
        client
            .pods()
            .inNamespace(options.namespace())
            .withLabel(Labels.FOLDER, labels.folder())
            .withLimit(PAGE)
            .runnableInformer(0)
            .itemStore(
                new ReducedStateItemStore<>(
                    ReducedStateItemStore.NAME_KEY_STATE,
                    Pod.class,
                    client.getKubernetesSerialization(),
                    "metadata.uid",
                    "metadata.labels",
                    "metadata.annotations",
                    "metadata.deletionTimestamp",
                    "spec.nodeName",
                    "status"))
            .exceptionHandler((started, e) -> note(e))
            .addEventHandler(
                handler(
                    heard,
                    pod -> follow.seen(PodWords.of(pod)),
                    pod -> follow.gone(PodWords.of(pod))));
    this.jobs =
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(options.namespace())
            .withLabel(Labels.FOLDER, labels.folder())
            .withLimit(PAGE)
            .runnableInformer(0)
            .itemStore(
                new ReducedStateItemStore<>(
                    ReducedStateItemStore.NAME_KEY_STATE,
                    Job.class,
                    client.getKubernetesSerialization(),
                    "metadata.labels"))
            .exceptionHandler((started, e) -> note(e))
            .addEventHandler(
                handler(
                    heard,
                    job -> follow.jobSeen(JobView.of(job)),
                    job -> follow.jobGone(job.getMetadata().getName())));
    this.refusals =
        client
            .v1()
            .events()
            .inNamespace(options.namespace())
            .withField("reason", "FailedCreate")
            .withLimit(PAGE)
            .runnableInformer(0)
            .exceptionHandler((started, e) -> true)
            .addEventHandler(
                handler(
                    heard,
                    event ->
                        follow.refused(
                            event.getInvolvedObject().getName(),
                            String.valueOf(event.getMessage())),
                    event -> {}));
  }

  void begin() {
    pods.start();
    jobs.start();
    refusals.start();
  }

  /** To be called now and then. */
  void tick() {
    queue.tick();
  }

  private boolean note(Throwable e) {
    trouble.set(Optional.of(e));
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException refused
          && new Refusal(options.site(), refused).ofToken()) {
        options.access().refused();
      }
    }
    return true;
  }

  /** Whether all Jobs that there are have been told of. */
  boolean knowAll() {
    return pods.hasSynced() && jobs.hasSynced();
  }

  @Override
  public boolean hears() {
    return knowAll() && pods.isWatching() && jobs.isWatching();
  }

  @Override
  public boolean hasJob(String name) {
    return jobs.getStore().getByKey(options.namespace() + "/" + name) != null;
  }

  /** By name, with the batch each is of. */
  Map<String, String> batches() {
    return jobs.getStore().list().stream()
        .collect(
            Collectors.toMap(
                job -> job.getMetadata().getName(),
                job -> job.getMetadata().getLabels().getOrDefault(Labels.BATCH, "")));
  }

  /** What kept the API server from telling; told once. */
  Optional<SiteException> takeTrouble() {
    return trouble
        .getAndSet(Optional.empty())
        .map(e ->
            new SiteException(
                SiteException.Certainty.NOTHING_HAPPENED,
                FailureKind.INFRASTRUCTURE,
                "site %s: the API server of Kubernetes does not tell of pods: %s"
                    .formatted(options.site(), words(e)),
                e));
  }

  private String words(Throwable e) {
    Throwable first = e;
    while (first.getCause() != null && !(first instanceof KubernetesClientException)) {
      first = first.getCause();
    }
    return first instanceof KubernetesClientException refused
        ? new Refusal(options.site(), refused).words()
        : NetworkWords.of(e);
  }

  /** Why queues admit nothing; told once. */
  Optional<String> takeQueueTrouble() {
    return queue.takeTrouble();
  }

  private static <T extends HasMetadata> ResourceEventHandler<T> handler(
      Heard heard, Consumer<T> seen, Consumer<T> gone) {
    return new ResourceEventHandler<>() {
      private void hear(T thing, Consumer<T> how) {
        heard.run(thing.getKind() + " " + thing.getMetadata().getName(), () -> how.accept(thing));
      }

      @Override
      public void onAdd(T thing) {
        hear(thing, seen);
      }

      @Override
      public void onUpdate(T before, T now) {
        hear(now, seen);
      }

      @Override
      public void onDelete(T thing, boolean unseen) {
        hear(thing, gone);
      }
    };
  }

  @Override
  public void close() {
    pods.stop();
    jobs.stop();
    refusals.stop();
    queue.close();
  }
}
