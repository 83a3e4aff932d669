package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.twinflow.executors.api.AttemptKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Jobs as text, one to a line. After an indexed one follows a line for each of its pods: its name,
 * an index, whose pod that is, and where that lies. Pods on a shared folder read these themselves.
 */
final class JobLines {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private JobLines() {}

  /**
   * @param where of an attempt, in a line
   */
  static String write(List<Submission> all, Function<AttemptKey, String> where) {
    StringBuilder text = new StringBuilder();
    for (Submission one : all) {
      text.append(JSON.asJson(one.job()).replace("\n", " ")).append('\n');
      for (int i = 0; one.isIndexed() && i < one.attempts().size(); i++) {
        AttemptKey attempt = one.attempts().get(i);
        text.append(one.name()).append(' ').append(i).append(' ').append(attempt.value());
        text.append(' ').append(where.apply(attempt)).append('\n');
      }
    }
    return text.toString();
  }

  /**
   * @param installation whose text it is
   */
  static List<Submission> read(String text, String installation) {
    List<Submission> all = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); ) {
      Job job = JSON.unmarshal(lines.get(i++), Job.class);
      List<AttemptKey> attempts = new ArrayList<>();
      if (Submission.isIndexed(job)) {
        while (i < lines.size() && !lines.get(i).startsWith("{")) {
          attempts.add(key(installation, lines.get(i++).split(" ", 4)[2]));
        }
      } else {
        attempts.add(key(installation, job.getMetadata().getName()));
      }
      all.add(new Submission(job, attempts));
    }
    return all;
  }

  private static AttemptKey key(String installation, String value) {
    return AttemptKey.of(installation, value)
        .orElseThrow(() ->
            new IllegalStateException(
                "expected the name of an attempt of %s in a batch, found %s"
                    .formatted(installation, value)));
  }
}
