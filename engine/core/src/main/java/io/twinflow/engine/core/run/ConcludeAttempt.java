package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.event.Event.ArtifactIdentity;
import io.twinflow.engine.core.event.Event.Execution;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.secret.SecretTask;
import io.twinflow.engine.core.secret.SecretValues;
import io.twinflow.engine.core.secret.Secrets;
import io.twinflow.engine.core.site.Raise;
import io.twinflow.engine.core.site.Site;
import io.twinflow.engine.core.task.CollectedOutputs;
import io.twinflow.engine.core.task.ExitCodes;
import io.twinflow.engine.core.task.PlannedTool;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The effect that follows an attempt's end: outputs are collected, or the failure gets its words.
 */
final class ConcludeAttempt {

  private final Executor executor;
  private final Site site;
  private final boolean mayRaise;
  private final TaskTools tools;
  private final Secrets secrets;
  private final String address;
  private final PlannedTool tool;
  private final PreparedTask prepared;

  /**
   * @param mayRaise whether another attempt may get more than this one
   */
  ConcludeAttempt(
      RunSetting setting,
      String address,
      PlannedTool tool,
      PreparedTask prepared,
      boolean mayRaise) {
    this.executor = prepared.chosen().executor();
    this.site = setting.sites().of(executor);
    this.mayRaise = mayRaise;
    this.tools = setting.tools();
    this.secrets = setting.secrets();
    this.address = address;
    this.tool = tool;
    this.prepared = prepared;
  }

  Conclusion of(TaskResult result) {
    return switch (result.outcome()) {
      case Outcome.Exited exited -> exited(result, exited.code());
      case Outcome.Failed failed -> failed(result, failed);
    };
  }

  private Conclusion failed(TaskResult result, Outcome.Failed failed) {
    Optional<Shortage> shortage = curable(failed);
    Raise raise = site.terms().raise();
    ResourceRequest had = prepared.spec().resources();
    Optional<Raised> raised =
        shortage.flatMap(of -> raise.after(of, had, executor.capabilities().memoryMiB()));
    Optional<String> end =
        raised.isPresent() ? Optional.empty() : shortage.flatMap(of -> raise.refusal(of, had));
    return failure(
        result,
        new Failure(
            failed.kind(),
            "site." + failed.kind().name().toLowerCase(Locale.ROOT),
            failed.reason() + end.map(why -> "; " + why).orElse("")),
        raised.orElse(null));
  }

  /** A tool's own limit of time is its user's word: there is no more of that. */
  private Optional<Shortage> curable(Outcome.Failed failed) {
    Shortage shortage = failed.shortage();
    boolean own = shortage instanceof Shortage.Time && prepared.spec().timeLimit() != null;
    return mayRaise && !own ? Optional.ofNullable(shortage) : Optional.empty();
  }

  private Conclusion exited(TaskResult result, int code) {
    return switch (ExitCodes.judge(tool.tool(), code)) {
      case SUCCESS -> collect(result, code);
      case TEMPORARY_FAILURE ->
          failure(
              result,
              new Failure(
                  FailureKind.TASK,
                  OpenTask.TEMPORARY,
                  "exit code %d, which the tool calls temporary".formatted(code)));
      case PERMANENT_FAILURE ->
          failure(
              result, new Failure(FailureKind.TASK, "tool.exit", "exit code %d".formatted(code)));
    };
  }

  private Conclusion collect(TaskResult result, int code) {
    try {
      OutputFolder folder = executor.outputs(prepared.spec());
      CollectedOutputs collected = tools.collect(prepared, tool, folder, code);
      if (SecretTask.uses(prepared.spec())) {
        folder.keep(SecretValues.locations(collected.outputs()));
      }
      return new Conclusion.Succeeded(
          SecretValues.concealed(collected.outputs(), secrets),
          execution(result, collected.artifacts()));
    } catch (FailureException e) {
      return failure(result, e.failure());
    } catch (IOException e) {
      return failure(
          result,
          new Failure(
              FailureKind.INFRASTRUCTURE,
              "output.unreadable",
              "the outputs cannot be read: " + e.getMessage()));
    }
  }

  private Conclusion failure(TaskResult result, Failure failure) {
    return failure(result, failure, null);
  }

  private Conclusion failure(TaskResult result, Failure failure, @Nullable Raised raised) {
    return new Conclusion.Failed(
        new Failure(
            failure.kind(),
            failure.code(),
            secrets.mask(FailureText.of(address, failure.message(), prepared.spec(), executor))),
        execution(result, List.of()),
        raised);
  }

  Execution execution(TaskResult result, List<ArtifactIdentity> artifacts) {
    return execution(prepared, result, artifacts);
  }

  static Execution execution(
      PreparedTask prepared, TaskResult result, List<ArtifactIdentity> artifacts) {
    Executor executor = prepared.chosen().executor();
    TaskResult.Usage usage = result.usage();
    return new Execution(
        prepared.spec().displayCommand(),
        executor.site(),
        result.siteId(),
        usage.host(),
        usage.queued(),
        usage.started(),
        usage.ended(),
        usage.cpuTime(),
        usage.peakMemoryBytes(),
        result.outcome() instanceof Outcome.Exited exited ? exited.code() : null,
        result.imageDigest(),
        executor.whereabouts(prepared.spec().attempt()),
        artifacts);
  }
}
