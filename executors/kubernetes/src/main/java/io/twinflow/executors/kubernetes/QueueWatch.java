package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Why Kueue does not admit Jobs, in its words: one more request that stays open, where a site has a
 * queue. Kueue has a Workload for each Job (kueue.x-k8s.io, Workload, status.conditions).
 */
final class QueueWatch implements AutoCloseable {

  static final String GROUP = "kueue.x-k8s.io";

  private static final long PAGE = 500;
  private static final int TICKS_TO_ANOTHER_QUESTION = 60;

  /** Is told of a Workload. */
  interface Told {
    void waits(String job, String words);
  }

  private final KubernetesClient client;
  private final KubernetesOptions options;
  private final Told told;
  private final Heard heard;
  private @Nullable SharedIndexInformer<GenericKubernetesResource> workloads;
  private Optional<String> trouble = Optional.empty();
  private int ticks;
  private boolean closed;

  QueueWatch(KubernetesClient client, KubernetesOptions options, Told told, Heard heard) {
    this.client = client;
    this.options = options;
    this.told = told;
    this.heard = heard;
  }

  /** Begins as soon as the cluster says that it has Kueue; asked now and then until it does. */
  synchronized void tick() {
    if (options.pods().queue() == null || workloads != null || closed) {
      return;
    }
    if (ticks++ % TICKS_TO_ANOTHER_QUESTION != 0) {
      return;
    }
    try {
      APIGroup group = client.getApiGroup(GROUP);
      if (group == null || group.getPreferredVersion() == null) {
        trouble =
            Optional.of(
                "site %s: Jobs wait for queue %s of Kueue, and the cluster has no %s: have Kueue installed there, or remove queue: from pods:"
                    .formatted(options.site(), options.pods().queue(), GROUP));
      } else {
        begin(group.getPreferredVersion().getVersion());
      }
    } catch (KubernetesClientException e) {
      System.getLogger(QueueWatch.class.getName())
          .log(System.Logger.Level.DEBUG, "Kueue is not known yet: {0}", e.getMessage());
    }
  }

  private void begin(String version) {
    SharedIndexInformer<GenericKubernetesResource> all =
        client
            .genericKubernetesResources(
                new ResourceDefinitionContext.Builder()
                    .withGroup(GROUP)
                    .withVersion(version)
                    .withKind("Workload")
                    .withPlural("workloads")
                    .withNamespaced(true)
                    .build())
            .inNamespace(options.namespace())
            .withLimit(PAGE)
            .runnableInformer(0)
            .itemStore(
                new ReducedStateItemStore<>(
                    ReducedStateItemStore.NAME_KEY_STATE,
                    GenericKubernetesResource.class,
                    client.getKubernetesSerialization()))
            .exceptionHandler((started, e) -> true)
            .addEventHandler(handler(this::seen));
    workloads = all;
    all.start();
  }

  private void seen(GenericKubernetesResource workload) {
    heard.run(
        "Workload " + workload.getMetadata().getName(),
        () -> {
          for (OwnerReference owner : workload.getMetadata().getOwnerReferences()) {
            if ("Job".equals(owner.getKind())) {
              told.waits(owner.getName(), words(workload));
            }
          }
        });
  }

  /** Empty if it is admitted, or nothing was said of it yet. */
  static String words(GenericKubernetesResource workload) {
    Object conditions = workload.get("status", "conditions");
    if (!(conditions instanceof List<?> all) || isTrue(all, "Admitted").isPresent()) {
      return "";
    }
    return isTrue(all, "QuotaReserved")
        .map(reserved -> "its quota is reserved, and a check of its admission is not done yet")
        .or(() -> of(all, "QuotaReserved").map(QueueWatch::said))
        .orElse("");
  }

  private static String said(Map<?, ?> condition) {
    String reason = text(condition, "reason");
    String message = text(condition, "message");
    return message.isEmpty() ? reason : reason + ": " + message;
  }

  private static Optional<Map<?, ?>> isTrue(List<?> all, String type) {
    return of(all, type).filter(condition -> text(condition, "status").equals("True"));
  }

  private static Optional<Map<?, ?>> of(List<?> all, String type) {
    for (Object one : all) {
      if (one instanceof Map<?, ?> condition && text(condition, "type").equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  private static String text(Map<?, ?> condition, String name) {
    return condition.get(name) instanceof String text ? text : "";
  }

  private static ResourceEventHandler<GenericKubernetesResource> handler(
      Consumer<GenericKubernetesResource> seen) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(GenericKubernetesResource workload) {
        seen.accept(workload);
      }

      @Override
      public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
        seen.accept(now);
      }

      @Override
      public void onDelete(GenericKubernetesResource workload, boolean unseen) {}
    };
  }

  /** What keeps queues from admitting anything; told once for each question. */
  synchronized Optional<String> takeTrouble() {
    Optional<String> words = trouble;
    trouble = Optional.empty();
    return words;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (workloads != null) {
      workloads.stop();
    }
  }
}
