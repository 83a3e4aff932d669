package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.event.Event.CacheKey;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.engine.core.fold.LinkException;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.secret.SecretTask;
import io.twinflow.engine.core.site.ChooseSite;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.workflowdefs.value.RecordValue;
import org.jspecify.annotations.Nullable;

/**
 * The effect that stands before an attempt: outputs that are there already are found, an expression
 * is evaluated, a tool's attempt is made ready.
 */
final class PrepareTask {

  private final RunSetting setting;
  private final RunOptions options;
  private final ChooseSite sites;
  private final String address;
  private final PlannedProcess.Task process;
  private final RecordValue inputs;
  private final Raised raised;

  PrepareTask(RunSetting setting, RunOptions options, ChooseSite sites, OpenTask task) {
    this.setting = setting;
    this.options = options;
    this.sites = sites;
    this.address = task.address();
    this.process = task.process();
    this.inputs = inputs(task);
    this.raised = task.raised();
  }

  private static RecordValue inputs(OpenTask task) {
    try {
      return task.inputs();
    } catch (LinkException e) {
      throw new IllegalStateException("a task was made although its links fail", e);
    }
  }

  /**
   * @param number the attempt's
   * @param again whether it was submitted by an earlier engine: then it is only to be described
   */
  Preparation attempt(long task, int number, boolean again) {
    try {
      return switch (process) {
        case PlannedProcess.Expression expression -> evaluate(expression);
        case PlannedProcess.Tool tool -> prepare(tool, task, number, again);
      };
    } catch (FailureException e) {
      Failure failure = e.failure();
      return new Preparation.Failed(
          new Failure(failure.kind(), failure.code(), address + ": " + failure.message()));
    }
  }

  private Preparation evaluate(PlannedProcess.Expression expression) throws FailureException {
    return new Preparation.Done(
        setting.tools().evaluate(expression, inputs), new Origin.Evaluated(), null);
  }

  private Preparation prepare(PlannedProcess.Tool tool, long task, int number, boolean again)
      throws FailureException {
    AttemptKey attempt = setting.attemptKey(task, number);
    PreparedTask prepared =
        setting.tools().prepare(tool.tool(), address, inputs, attempt, sites, options, raised);
    if (!setting.secrets().isEmpty()) {
      SecretTask.refuseInNames(prepared.spec());
    }
    PreparedTask plain = raised.equals(Raised.NOT) ? prepared : plain(tool, attempt, prepared);
    @Nullable CacheKey key = null;
    for (Shortcut shortcut : setting.shortcuts()) {
      Shortcut.Answer answer =
          shortcut.look(new Shortcut.Question(address, process, inputs, plain));
      if (answer.key() != null) {
        key = answer.key();
      }
      if (answer.found().isPresent() && !again) {
        Shortcut.Hit hit = answer.found().get();
        return new Preparation.Done(hit.outputs(), hit.origin(), key);
      }
    }
    return new Preparation.Ready(prepared, key);
  }

  /** Outputs are known by what the definition asks for, whatever more a site has granted. */
  private PreparedTask plain(PlannedProcess.Tool tool, AttemptKey attempt, PreparedTask prepared)
      throws FailureException {
    ChooseSite same = ChooseSite.always(prepared.chosen().executor());
    return setting
        .tools()
        .prepare(tool.tool(), address, inputs, attempt, same, options, Raised.NOT);
  }
}
