package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Answer;
import io.twinflow.engine.bpmn.Asked;
import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunRequests;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.executors.api.FailureKind;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Component;

/** Cancels runs that no process waits for any more, because it went on or was cancelled. */
@Component
final class WithdrawWork {

  private static final int AT_ONCE = 200;
  private static final String REASON = "its process does not wait for it any more";

  private final Processes processes;
  private final Runs runs;

  WithdrawWork(Processes processes, Runs runs) {
    this.processes = processes;
    this.runs = runs;
  }

  /**
   * @return whether there was nothing to do
   */
  boolean all() throws IOException {
    if (!processes.isStarted()) {
      return true;
    }
    List<Asked> withdrawn = processes.withdrawn(AT_ONCE);
    withdrawn.forEach(asked -> Each.tryIt(asked.instance(), () -> withdraw(asked)));
    return withdrawn.isEmpty();
  }

  private void withdraw(Asked asked) throws IOException, ProcessException {
    if (asked.reference() != null) {
      cancel(new Caller(asked.tenant(), "processes", true), asked.reference());
    }
    processes.resume(asked.id(), new Answer.Failed(FailureKind.CANCELLED, REASON));
  }

  private void cancel(Caller anybody, String run) {
    try {
      runs.ask(anybody, runs.get(anybody, run), RunRequests.Kind.CANCEL, REASON);
    } catch (NoSuchRunException e) {
      // It was never made, or is deleted.
      return;
    }
  }
}
