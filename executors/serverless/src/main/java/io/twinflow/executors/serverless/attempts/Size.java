package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import java.util.ArrayList;
import java.util.List;

/** How large a site is, as its configuration says. */
record Size(String site, double cores, long memoryMiB) {

  static Size of(String site, Limits limits) {
    return new Size(site, limits.cores(), limits.memoryMiB());
  }

  Call call(TaskSpec task, String target, List<String> arguments) throws AttemptFailure {
    ResourceRequest request = task.resources();
    List<String> asked = new ArrayList<>();
    if (request.cores() > cores) {
      asked.add("%s cores (there are %s)".formatted(plain(request.cores()), plain(cores)));
    }
    if (request.memoryMiB() > memoryMiB) {
      asked.add("%d MiB of memory (there are %d)".formatted(request.memoryMiB(), memoryMiB));
    }
    if (!asked.isEmpty()) {
      throw new AttemptFailure(
          FailureKind.RESOURCES,
          "asks for %s: so the configuration of site %s says (cores:, memory:)"
              .formatted(String.join(", and for ", asked), site));
    }
    return new Call(
        target, task.container() != null, request.cores(), request.memoryMiB(), arguments);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
