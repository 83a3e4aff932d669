package io.twinflow.engine.server.wes;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.results.OutputPath;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Absolute URLs of this service, as the client of the current request reaches it. */
final class WesLinks {

  private final String base =
      ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString() + WesErrors.BASE;

  String self() {
    return base;
  }

  String run(RunId run) {
    return base + "/runs/" + run.value();
  }

  String tasks(RunId run) {
    return run(run) + "/tasks";
  }

  String task(RunId run, long task) {
    return tasks(run) + "/" + task;
  }

  String output(RunId run, OutputPath path) {
    return run(run) + "/outputs/" + path.encoded();
  }
}
