package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Whether tasks that are alike can share a Job; the cluster is asked once. */
final class IndexedJobs {

  private final KubernetesClient client;
  private final KubernetesOptions options;
  private final PodFiles files;
  private @Nullable String lacking;

  IndexedJobs(KubernetesClient client, KubernetesOptions options, PodFiles files) {
    this.client = client;
    this.options = options;
    this.files = files;
  }

  boolean areThere() {
    return lacking().isEmpty();
  }

  /** Why each task has a Job of its own, in words; empty if it need not. */
  synchronized String lacking() {
    String known = lacking;
    if (known == null) {
      try {
        known = ask();
        lacking = known;
      } catch (KubernetesClientException e) {
        known = new Refusal(options.site(), e).words();
        System.getLogger(IndexedJobs.class.getName())
            .log(Level.DEBUG, "whether there are indexed Jobs is not known: {0}", known);
        if (e.getCode() >= 400 && e.getCode() < 500 && e.getCode() != 401) {
          // It would say the same next time.
          lacking = known;
        }
      }
    }
    return known;
  }

  private String ask() {
    if (!files.knowIndexes()) {
      return "virtual nodes of interLink get pods of their own Jobs alone";
    }
    if (options.pods().queue() != null) {
      return "a queue admits a Job as a whole, and room for all tasks at once may never come";
    }
    Release release = Release.of(client.getKubernetesVersion());
    if (!release.isAtLeast(Release.INDEXED)) {
      return "Kubernetes %s is older than %s".formatted(release, Release.INDEXED);
    }
    return new Rights(client, options.namespace()).has(Rights.DELETE_PODS)
        ? ""
        : "not allowed in namespace %s: %s"
            .formatted(options.namespace(), Rights.DELETE_PODS.words());
  }
}
