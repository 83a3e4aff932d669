package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.stream.Collectors;

/** Jobs as text, one to a line. */
final class JobLines {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private JobLines() {}

  static String write(List<Job> jobs) {
    return jobs.stream()
        .map(job -> JSON.asJson(job).replace("\n", " ") + "\n")
        .collect(Collectors.joining());
  }

  static List<Job> read(String text) {
    return text.lines().map(line -> JSON.unmarshal(line, Job.class)).toList();
  }
}
