package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.bundle.ShellWords;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One for a batch: the script, which is long, and the tokens of its attempts. A container sees the
 * script and its own token, as files.
 */
final class PodSecret {

  private static final String VOLUME = "twinflow";
  private static final String SCRIPT = "script";

  /** Where no image has anything, nor a node that shows containers its own folders. */
  private static final String WHERE = "/twinflow-script";

  /** Of a pod that learns by its index whose it is. */
  private static final String OWN = WHERE + "/attempt";

  static final String TOKEN = "TWINFLOW_TOKEN";
  static final String SITE_ID = "TWINFLOW_SITE_ID";

  private PodSecret() {}

  static Secret of(
      KubernetesOptions options,
      Labels labels,
      BatchKey batch,
      Collection<Submission> jobs,
      RemoteTasks tasks) {
    Map<String, String> texts = new HashMap<>();
    texts.put(SCRIPT, RemoteTasks.script());
    for (Submission job : jobs) {
      for (int i = 0; i < job.attempts().size(); i++) {
        AttemptKey attempt = job.attempts().get(i);
        if (job.isIndexed()) {
          texts.put(job.name() + "." + i, variables(tasks, attempt, options.siteId(job.slot(i))));
        } else {
          texts.put(attempt.value(), tasks.environment(attempt).get(TOKEN));
        }
      }
    }
    return new SecretBuilder()
        .withNewMetadata()
        .withName(batch.value())
        .withNamespace(options.namespace())
        .withLabels(labels.of(batch))
        .endMetadata()
        .withStringData(texts)
        .build();
  }

  /** All that tells an attempt from others, for a shell to read. */
  private static String variables(RemoteTasks tasks, AttemptKey attempt, String siteId) {
    Map<String, String> all = new LinkedHashMap<>(tasks.environment(attempt));
    all.put(SITE_ID, siteId);
    return all.entrySet().stream()
            .map(one -> one.getKey() + "=" + ShellWords.quote(one.getValue()) + "\n")
            .collect(Collectors.joining())
        + "export "
        + String.join(" ", all.keySet())
        + "\n";
  }

  static Volume volume(BatchKey batch, Whose whose) {
    VolumeBuilder volume = new VolumeBuilder().withName(VOLUME);
    return switch (whose) {
      case Whose.One(AttemptKey attempt) ->
          volume
              .withNewSecret()
              .withSecretName(batch.value())
              .withItems(
                  new KeyToPathBuilder().withKey(SCRIPT).withPath(SCRIPT).build(),
                  new KeyToPathBuilder().withKey(attempt.value()).withPath(attempt.value()).build())
              .endSecret()
              .build();
      case Whose.ByIndex(String _) ->
          volume.withNewSecret().withSecretName(batch.value()).endSecret().build();
    };
  }

  static List<VolumeMount> mounts(Whose whose) {
    return switch (whose) {
      case Whose.One(AttemptKey _) -> List.of(mount(WHERE).build());
      case Whose.ByIndex(String job) ->
          List.of(
              mount(WHERE + "/" + SCRIPT).withSubPath(SCRIPT).build(),
              mount(OWN).withSubPathExpr(job + ".$(JOB_COMPLETION_INDEX)").build());
    };
  }

  private static VolumeMountBuilder mount(String path) {
    return new VolumeMountBuilder().withName(VOLUME).withMountPath(path).withReadOnly(true);
  }

  /** Runs a part of the script; the token goes to nobody's arguments. */
  static List<String> command(Whose whose, String part) {
    return switch (whose) {
      case Whose.One(AttemptKey attempt) ->
          List.of(
              "sh",
              "-c",
              TOKEN + "=$(cat \"$1\"); export " + TOKEN + "; exec sh \"$0\" \"$2\"",
              WHERE + "/" + SCRIPT,
              WHERE + "/" + attempt.value(),
              part);
      case Whose.ByIndex(String _) ->
          List.of("sh", "-c", ". \"$1\"; exec sh \"$0\" \"$2\"", WHERE + "/" + SCRIPT, OWN, part);
    };
  }

  /** The same after something that may use what the attempt is told. */
  static List<String> command(Whose whose, String first, String part) {
    return switch (whose) {
      case Whose.One(AttemptKey _) -> command(whose, part);
      case Whose.ByIndex(String _) ->
          List.of(
              "sh",
              "-c",
              ". \"$1\"; " + first + " && exec sh \"$0\" \"$2\"",
              WHERE + "/" + SCRIPT,
              OWN,
              part);
    };
  }
}
