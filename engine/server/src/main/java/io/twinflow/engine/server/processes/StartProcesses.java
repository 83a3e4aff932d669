package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.server.runs.ProcessRuns;
import io.twinflow.engine.server.runs.ServedProcess;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Starts the instances of runs that were made, each once. */
@Component
final class StartProcesses {

  private static final int AT_ONCE = 100;

  private final JdbcClient database;
  private final Engine engine;
  private final Processes processes;
  private final ProcessRuns runs;
  private final OwnRuns own;

  StartProcesses(
      DataSource database, Engine engine, Processes processes, ProcessRuns runs, OwnRuns own) {
    this.database = JdbcClient.create(database);
    this.engine = engine;
    this.processes = processes;
    this.runs = runs;
    this.own = own;
  }

  private record Made(String tenant, RunId run) {}

  void all() {
    database
        .sql(
            """
            SELECT tenant, id FROM run
            WHERE kind = 'bpmn' AND ended IS NULL AND created IS NOT NULL AND epoch = 0
            ORDER BY id LIMIT ?
            """)
        .param(AT_ONCE)
        .query((row, number) -> new Made(row.getString(1), new RunId(row.getString(2))))
        .list()
        .forEach(made -> Each.tryIt(made.run().value(), () -> start(made)));
  }

  private void start(Made made) throws IOException, FailureException {
    RunId run = made.run();
    Event.RunCreated created = own.created(run);
    ServedProcess served = runs.definition(run, created);
    RecordValue inputs = engine.value(run, created.inputs());
    Failure failure = null;
    try {
      processes.deploy(
          made.tenant(), served.document(), served.text().getBytes(StandardCharsets.UTF_8));
      processes.startRun(
          made.tenant(),
          served.document().digest(),
          served.main().id(),
          run.value(),
          created.subject(),
          inputs);
    } catch (ProcessException e) {
      failure = new Failure(FailureKind.USER, "process.start", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      failure =
          new Failure(
              FailureKind.INTERNAL,
              "process.start",
              "the process cannot be started: " + e.getMessage());
    }
    begun(run, failure);
  }

  /** The first events of an engine's; see {@link TellJournals} for what follows. */
  private void begun(RunId run, @Nullable Failure failure) throws IOException {
    List<Event> events =
        failure == null
            ? List.of(TellJournals.owned())
            : List.of(
                TellJournals.owned(),
                new Event.RunEnded(
                    RunState.FAILED, runs.store(run, RecordValue.EMPTY), failure, List.of()));
    own.append(run, 1, events);
  }
}
