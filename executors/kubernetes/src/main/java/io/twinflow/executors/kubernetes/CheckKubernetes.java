package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.kubernetes.Rights.Right;
import java.util.ArrayList;
import java.util.List;

/** What the administrator of a cluster should know of it. */
record CheckKubernetes(
    KubernetesClient client,
    Api api,
    KubernetesOptions options,
    Ground ground,
    IndexedJobs indexed) {

  private static final List<Right> NEEDED =
      List.of(
          new Right("batch", "jobs", "create"),
          new Right("batch", "jobs", "list"),
          new Right("batch", "jobs", "watch"),
          new Right("batch", "jobs", "delete"),
          new Right("", "pods", "list"),
          new Right("", "pods", "watch"));

  private static final List<Right> USEFUL =
      List.of(
          new Right("", "events", "list"),
          new Right("", "events", "watch"),
          new Right("", "resourcequotas", "list"));

  private static final List<Right> FOR_QUEUES =
      List.of(
          new Right(QueueWatch.GROUP, "workloads", "list"),
          new Right(QueueWatch.GROUP, "workloads", "watch"));

  private static final List<Right> FOR_TOKENS =
      List.of(new Right("", "secrets", "create"), new Right("", "secrets", "delete"));

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(ground.check());
    findings.addAll(ground.pods().check());
    try {
      findings.add(
          Finding.good(
              "API server",
              "%s is Kubernetes %s"
                  .formatted(
                      client.getMasterUrl(), client.getKubernetesVersion().getGitVersion())));
      findings.addAll(rights());
      findings.addAll(quotas());
      findings.add(nodes());
      findings.add(scatters());
    } catch (KubernetesClientException e) {
      findings.add(
          Finding.problem(
              "API server",
              new Refusal(options.site(), e).words(),
              "see that it runs, that the address and its certificate authority are right, and that the token is still valid"));
    }
    return findings;
  }

  private Rights rightsHere() {
    return new Rights(client, options.namespace());
  }

  private Finding scatters() {
    String lacking = indexed.lacking();
    return lacking.isEmpty()
        ? Finding.good("scatters", "tasks that are alike share an indexed Job")
        : lacking.contains(Rights.DELETE_PODS.words())
            ? Finding.note(
                "scatters",
                "each task has a Job of its own: " + lacking,
                "allow it, and tasks that are alike share an indexed Job")
            : Finding.good("scatters", "each task has a Job of its own: " + lacking);
  }

  private List<Finding> rights() {
    List<Right> needed = new ArrayList<>(NEEDED);
    if (ground.pods().hasSecrets()) {
      needed.addAll(FOR_TOKENS);
    }
    List<String> lacking = rightsHere().lacking(needed);
    List<Right> welcome = new ArrayList<>(USEFUL);
    if (options.pods().queue() != null) {
      welcome.addAll(FOR_QUEUES);
    }
    List<String> useful = rightsHere().lacking(welcome);
    List<Finding> findings = new ArrayList<>();
    findings.add(
        lacking.isEmpty()
            ? Finding.good("rights", "Jobs may be created, watched and deleted")
            : Finding.problem(
                "rights",
                "not allowed in namespace %s: %s"
                    .formatted(options.namespace(), String.join(", ", lacking)),
                "bind a Role that allows it to the user of this site"));
    if (!useful.isEmpty()) {
      findings.add(
          Finding.note(
              "rights",
              "not allowed in namespace %s: %s"
                  .formatted(options.namespace(), String.join(", ", useful)),
              "allow it, and a step that waits says why"));
    }
    return findings;
  }

  private List<Finding> quotas() {
    if (!rightsHere().has(new Right("", "resourcequotas", "list"))) {
      return List.of();
    }
    return client.resourceQuotas().inNamespace(options.namespace()).list().getItems().stream()
        .filter(quota -> quota.getStatus() != null)
        .map(quota ->
            Finding.note(
                "quota",
                "%s allows %s, of which %s is used"
                    .formatted(
                        quota.getMetadata().getName(),
                        quota.getStatus().getHard(),
                        quota.getStatus().getUsed()),
                "steps wait while it is exhausted, and say so; raise it if that is too often"))
        .toList();
  }

  private Finding nodes() {
    try {
      return Finding.good("nodes", "%d are seen".formatted(api.nodes().size()));
    } catch (SiteException e) {
      return Finding.note(
          "nodes",
          String.valueOf(e.getMessage()),
          "allow to list nodes, and what is too large for them is refused before it is queued");
    }
  }
}
