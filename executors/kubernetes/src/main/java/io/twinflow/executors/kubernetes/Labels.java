package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** By what Jobs and pods are found: whose they are and what they run. */
record Labels(String folder) {

  static final String FOLDER = "twinflow.io/folder";
  static final String BATCH = "twinflow.io/batch";
  static final String RUN = "twinflow.io/run";

  /** Given by Kubernetes to the pods of a Job. */
  static final String JOB = "job-name";

  /** Kueue admits Jobs with this label. */
  static final String QUEUE = "kueue.x-k8s.io/queue-name";

  /** Of all that is run from a folder or store; its name is no label, the digest of that is. */
  static Labels of(String place) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8));
      return new Labels(HexFormat.of().formatHex(digest, 0, 10));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Map<String, String> of(BatchKey batch) {
    return Map.of("app.kubernetes.io/managed-by", "twinflow", FOLDER, folder, BATCH, batch.value());
  }

  /** Of what is several tasks'. */
  Map<String, String> ofRun(BatchKey batch) {
    return Map.of(
        "app.kubernetes.io/managed-by",
        "twinflow",
        FOLDER,
        folder,
        BATCH,
        batch.value(),
        "twinflow.io/installation",
        batch.installation(),
        RUN,
        batch.run());
  }

  Map<String, String> of(BatchKey batch, TaskSpec task) {
    return Map.of(
        "app.kubernetes.io/managed-by",
        "twinflow",
        FOLDER,
        folder,
        BATCH,
        batch.value(),
        "twinflow.io/installation",
        task.attempt().installation(),
        RUN,
        task.attempt().run(),
        "twinflow.io/task",
        Long.toString(task.attempt().task()),
        "twinflow.io/attempt",
        Integer.toString(task.attempt().attempt()));
  }
}
