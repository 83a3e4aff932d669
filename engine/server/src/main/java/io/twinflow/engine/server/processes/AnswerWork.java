package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Answer;
import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.PublicState;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells processes how the runs ended that they wait for. */
@Component
final class AnswerWork {

  private static final int AT_ONCE = 200;

  private final JdbcClient database;
  private final Processes processes;
  private final Runs runs;

  AnswerWork(DataSource database, Processes processes, Runs runs) {
    this.database = JdbcClient.create(database);
    this.processes = processes;
    this.runs = runs;
  }

  private record Ended(UUID asked, String tenant, String process, String run) {}

  /** With one statement, however many wait; the tables of processes are there when they run. */
  void all() {
    if (!processes.isStarted()) {
      return;
    }
    database
        .sql(
            """
            SELECT o.id, o.tenant, o.instance, o.reference
            FROM bpmn.bpmn_outbox o LEFT JOIN run r ON r.id = o.reference
            WHERE o.answered IS NULL AND o.taken IS NOT NULL AND o.kind IN ('run', 'tool')
              AND (r.ended IS NOT NULL OR r.id IS NULL)
            ORDER BY r.ended, o.id LIMIT ?
            """)
        .param(AT_ONCE)
        .query((row, number) ->
            new Ended(
                row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4)))
        .list()
        .forEach(ended -> Each.tryIt(ended.process(), () -> answer(ended)));
  }

  private void answer(Ended ended) throws IOException, FailureException, ProcessException {
    processes.resume(ended.asked(), of(ended));
  }

  private Answer of(Ended ended) throws FailureException {
    RunRow run;
    try {
      run = runs.get(new Caller(ended.tenant(), "processes", true), ended.run());
    } catch (NoSuchRunException e) {
      return new Answer.Failed(
          FailureKind.CANCELLED, "the run %s was deleted".formatted(ended.run()));
    }
    if (run.state() == PublicState.SUCCEEDED) {
      return succeeded(run);
    }
    if (run.state() == PublicState.CANCELLED) {
      return new Answer.Failed(
          FailureKind.CANCELLED, "the run %s was cancelled".formatted(run.id()));
    }
    Failure failure = runs.end(run).map(Event.RunEnded::failure).orElse(null);
    return failure == null
        ? new Answer.Failed(FailureKind.INTERNAL, "the run %s has failed".formatted(run.id()))
        : new Answer.Failed(
            failure.kind(), "the run %s: %s".formatted(run.id(), failure.message()));
  }

  private Answer succeeded(RunRow run) throws FailureException {
    try {
      return new Answer.Done(runs.outputs(run).orElse(RecordValue.EMPTY));
    } catch (FailureException e) {
      if (e.failure().kind() == FailureKind.USER) {
        return new Answer.Failed(FailureKind.USER, e.failure().message());
      }
      throw e;
    }
  }
}
