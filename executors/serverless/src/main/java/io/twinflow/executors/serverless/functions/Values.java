package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;

/** What a function can be told that gets values alone, and no files. */
final class Values {

  private Values() {}

  /**
   * @throws AttemptFailure if it is more than that
   */
  static void check(String site, TaskSpec task) throws AttemptFailure {
    for (Staging entry : task.staging()) {
      switch (entry) {
        case Staging.Link link -> throw refusal(site, "the input file " + link.source());
        case Staging.Copy copy -> throw refusal(site, "the input file " + copy.source());
        case Staging.InPlace thing -> throw refusal(site, "the input file " + thing.source());
        case Staging.WriteText text -> throw refusal(site, "a file at " + text.target());
        case Staging.MakeDirectory made -> {}
      }
    }
    if (task.stdin() != null) {
      throw refusal(site, "a file as its stdin");
    }
    if (!task.command().equals(task.displayCommand())) {
      throw refusal(site, "a secret among its arguments");
    }
  }

  private static AttemptFailure refusal(String site, String what) {
    return new AttemptFailure(
        FailureKind.USER,
        "functions of site %s are told values alone (values: true), and this tool needs %s; choose another site for the step, or another input"
            .formatted(site, what));
  }
}
