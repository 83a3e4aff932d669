package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import java.net.URI;
import java.util.TreeSet;

/** Which function runs which task. */
record Directory(FunctionOptions options) {

  URI find(TaskSpec task) throws AttemptFailure {
    String step = step(task.name());
    String image = task.container() == null ? "" : task.container().imageId();
    for (String name : new String[] {step, image, "*"}) {
      URI function = options.functions().get(name);
      if (function != null) {
        return function;
      }
    }
    throw new AttemptFailure(
        FailureKind.USER,
        "site %s has no function for step '%s'%s: expected one of %s; name one under functions: of the site, or '*' for all"
            .formatted(
                options.site(),
                step,
                image.isEmpty() ? "" : " or image '" + image + "'",
                new TreeSet<>(options.functions().keySet())));
  }

  /** No step's name has any of this. */
  static boolean hasImages(FunctionOptions options) {
    return options.functions().keySet().stream().anyMatch(name -> name.matches(".*[:/@].*"));
  }

  /** The last name in a task's address, {@code /calibrate[17]/loop#3/simulate[4]}. */
  static String step(String address) {
    String last = address.substring(address.lastIndexOf('/') + 1);
    return last.replaceFirst("[\\[#].*$", "");
  }
}
