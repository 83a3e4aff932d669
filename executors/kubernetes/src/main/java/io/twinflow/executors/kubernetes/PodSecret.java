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
import io.twinflow.executors.bundle.remote.RemoteTasks;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One for a batch: the script, which is long, and the tokens of its attempts. A pod sees the script
 * and its own token, as files.
 */
final class PodSecret {

  private static final String VOLUME = "twinflow";
  private static final String SCRIPT = "script";

  /** Where no image has anything, nor a node that shows containers its own folders. */
  private static final String WHERE = "/twinflow-script";

  static final String TOKEN = "TWINFLOW_TOKEN";

  private PodSecret() {}

  static Secret of(
      KubernetesOptions options,
      Labels labels,
      BatchKey batch,
      Collection<AttemptKey> attempts,
      RemoteTasks tasks) {
    Map<String, String> texts = new HashMap<>();
    texts.put(SCRIPT, RemoteTasks.script());
    for (AttemptKey attempt : attempts) {
      texts.put(attempt.value(), tasks.environment(attempt).get(TOKEN));
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

  static Volume volume(BatchKey batch, AttemptKey attempt) {
    return new VolumeBuilder()
        .withName(VOLUME)
        .withNewSecret()
        .withSecretName(batch.value())
        .withItems(
            new KeyToPathBuilder().withKey(SCRIPT).withPath(SCRIPT).build(),
            new KeyToPathBuilder().withKey(attempt.value()).withPath(attempt.value()).build())
        .endSecret()
        .build();
  }

  static VolumeMount mount() {
    return new VolumeMountBuilder()
        .withName(VOLUME)
        .withMountPath(WHERE)
        .withReadOnly(true)
        .build();
  }

  /** Runs a part of the script; the token goes to nobody's arguments. */
  static List<String> command(AttemptKey attempt, String part) {
    return List.of(
        "sh",
        "-c",
        TOKEN + "=$(cat \"$1\"); export " + TOKEN + "; exec sh \"$0\" \"$2\"",
        WHERE + "/" + SCRIPT,
        WHERE + "/" + attempt.value(),
        part);
  }
}
