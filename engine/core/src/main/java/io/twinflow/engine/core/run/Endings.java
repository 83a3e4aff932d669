package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.fold.LinkException;
import io.twinflow.engine.core.fold.OpenScope;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends scopes whose steps have all ended, and in the end the run. */
final class Endings {

  private final RunSetting setting;
  private final RunFold fold;
  private final Ledger ledger;
  private final Stance stance;

  Endings(RunSetting setting, RunFold fold, Ledger ledger, Stance stance) {
    this.setting = setting;
    this.fold = fold;
    this.ledger = ledger;
    this.stance = stance;
  }

  /**
   * Tells the end of every complete scope but the root, and of those that become complete by it.
   */
  void scopes() {
    OpenScope scope = nextComplete();
    while (scope != null) {
      ledger.emit(end(scope));
      scope = nextComplete();
    }
  }

  private @Nullable OpenScope nextComplete() {
    for (OpenScope scope : fold.complete()) {
      if (!scope.isRoot()) {
        return scope;
      }
    }
    return null;
  }

  private static Event end(OpenScope scope) {
    Failure failure = scope.failure();
    if (failure != null) {
      return new Event.ScopeFailed(scope.number(), failure);
    }
    try {
      scope.outputs();
      return new Event.ScopeSucceeded(scope.number());
    } catch (LinkException e) {
      return new Event.ScopeFailed(scope.number(), unpickable(scope, e));
    }
  }

  private static Failure unpickable(OpenScope scope, LinkException e) {
    return new Failure(
        FailureKind.USER,
        "link.value",
        (scope.isRoot() ? "the workflow" : scope.address()) + ": " + e.getMessage());
  }

  /**
   * Ends the run if it is time.
   *
   * @param quiet whether nothing is at a site, on its way there, or being concluded
   */
  boolean run(boolean quiet) {
    if (stance.isCancelling()) {
      return quiet && end(RunState.CANCELLED, RecordValue.EMPTY, cancelled(), List.of());
    }
    if (fold.complete().contains(fold.root())) {
      return complete(fold.root());
    }
    return stance.isStopping()
        && quiet
        && end(RunState.FAILED, fold.root().outputsThatExist(), fold.firstFailure(), List.of());
  }

  private boolean complete(OpenScope root) {
    Failure failure = fold.firstFailure();
    if (failure != null) {
      return end(RunState.FAILED, root.outputsThatExist(), failure, List.of());
    }
    try {
      return end(RunState.SUCCEEDED, root.outputs(), null, List.of());
    } catch (LinkException e) {
      return end(RunState.FAILED, root.outputsThatExist(), unpickable(root, e), List.of());
    }
  }

  /** Ends a cancelled run although a site has not confirmed everything. */
  void abandon(List<String> leftBehind) {
    end(RunState.CANCELLED, RecordValue.EMPTY, cancelled(), leftBehind);
  }

  private static Failure cancelled() {
    return new Failure(FailureKind.CANCELLED, "run.cancelled", "the run was cancelled");
  }

  private boolean end(
      RunState state, RecordValue outputs, @Nullable Failure failure, List<String> leftBehind) {
    try {
      ledger.emit(
          new Event.RunEnded(state, setting.payloads().store(outputs), failure, leftBehind));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
