package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.twinflow.executors.api.BatchKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The Jobs of a batch, one to a line, written before the first is created: who finds the batch can
 * create those that are missing.
 */
record BatchFile(Path path) {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  static BatchFile of(Path root, BatchKey key) {
    return of(root, key.value());
  }

  static BatchFile of(Path root, String key) {
    return new BatchFile(root.resolve("batches").resolve(key));
  }

  boolean exists() {
    return Files.exists(path);
  }

  /** All of it or nothing. */
  void write(List<Job> jobs) throws IOException {
    Path folder = path.resolveSibling(".");
    Files.createDirectories(folder);
    Path made = Files.createTempFile(folder, "new-", "");
    Files.write(made, jobs.stream().map(job -> JSON.asJson(job).replace("\n", " ")).toList());
    Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
  }

  List<Job> read() throws IOException {
    List<Job> jobs = new ArrayList<>();
    for (String line : Files.readAllLines(path)) {
      jobs.add(JSON.unmarshal(line, Job.class));
    }
    return jobs;
  }

  /** When the site took it: before the first Job was there. */
  Instant written() throws IOException {
    return Files.getLastModifiedTime(path).toInstant();
  }

  void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
