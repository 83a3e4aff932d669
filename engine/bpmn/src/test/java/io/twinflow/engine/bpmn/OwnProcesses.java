package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.deploy;
import static io.twinflow.engine.bpmn.Documents.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.bpmn.ProcessState.Phase;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes on a real PostgreSQL, for each test anew. */
abstract class OwnProcesses {

  static final BpmnSettings QUICK = new BpmnSettings(2, 6, Duration.ofMillis(100), 1);

  @RegisterExtension final TestDatabase database = new TestDatabase();

  Processes processes;

  @BeforeEach
  void open() {
    processes = new Processes(database.plain(), QUICK);
  }

  @AfterEach
  void close() {
    processes.close();
  }

  String start(String document, String inputs) throws Exception {
    return processes.start(
        TENANT, deploy(processes, document), "p", UUID.randomUUID().toString(), object(inputs));
  }

  Asked onlyAsked() throws Exception {
    assertThat(processes.asked(10)).hasSize(1);
    return processes.asked(10).getFirst();
  }

  Phase phase(String instance) throws Exception {
    return processes.state(TENANT, instance).orElseThrow().phase();
  }

  static Answer done(String json) throws Exception {
    return new Answer.Done(object(json));
  }

  static void await(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }

  long count(String query) throws Exception {
    return new Sql(database.pool()).list(query, row -> row.getLong(1)).getFirst();
  }
}
