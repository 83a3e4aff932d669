package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.arrow;
import static io.twinflow.engine.bpmn.Documents.chain;
import static io.twinflow.engine.bpmn.Documents.deploy;
import static io.twinflow.engine.bpmn.Documents.process;
import static io.twinflow.engine.bpmn.Documents.run;
import static io.twinflow.engine.bpmn.Documents.timer;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.bpmn.ProcessState.Phase;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that go away, and two at a time. */
class RestartIT {

  private static final BpmnSettings QUICK = new BpmnSettings(2, 10, Duration.ofMillis(100), 1);

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private final List<Processes> servers = new ArrayList<>();
  private Processes processes;

  @BeforeEach
  void open() {
    processes = server();
  }

  @AfterEach
  void close() {
    servers.forEach(Processes::close);
  }

  private Processes server() {
    Processes server = new Processes(database.plain(), QUICK);
    servers.add(server);
    return server;
  }

  /**
   * The database ends all connections, as it does of a server that is killed; another one starts.
   */
  private void killAndStartAnother() throws Exception {
    processes.close();
    processes = server();
    assertThat(processes.startIfUsed()).isTrue();
  }

  /** Whatever is under way at this moment is rolled back. */
  private void endConnections() throws IOException {
    new Sql(database.pool())
        .list(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
            row -> row.getBoolean(1));
  }

  private static void await(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(assertion);
  }

  private static RecordValue number(long n) {
    return new RecordValue(Map.of("n", new IntegerValue(n)));
  }

  private static Answer done(long n) {
    return new Answer.Done(new RecordValue(Map.of("out", new IntegerValue(n))));
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    }
  }

  @Test
  void aProcessGoesOnAfterARestartAtEachOfItsWaitStates() throws Exception {
    String document =
        process(
            "p",
            chain(
                userTask("first")
                    + timer("pause", "PT1S")
                    + "<parallelGateway id=\"fork\"/>"
                    + run("left")
                    + run("right")
                    + "<boundaryEvent id=\"caught\" attachedToRef=\"right\"><errorEventDefinition errorRef=\"infra\"/></boundaryEvent>"
                    + userTask("repair")
                    + arrow("caught", "repair")
                    + "<exclusiveGateway id=\"merge\"/>"
                    + arrow("repair", "merge")
                    + arrow("fork", "right")
                    + arrow("right", "merge")
                    + arrow("merge", "join")
                    + "<parallelGateway id=\"join\"/>",
                "first",
                "pause",
                "fork",
                "left",
                "join"));
    String digest = deploy(processes, document);
    String instance = processes.start(TENANT, digest, "p", "key", number(1));
    killAndStartAnother();
    assertThat(processes.start(TENANT, digest, "p", "key", number(1))).isEqualTo(instance);
    processes.complete(
        TENANT, processes.tasks(TENANT, TaskFilter.ALL).getFirst().id(), "ann", RecordValue.EMPTY);
    killAndStartAnother();
    await(() -> assertThat(processes.asked(10)).hasSize(2));
    List<Asked> asked = processes.asked(10);
    killAndStartAnother();
    assertThat(processes.asked(10)).containsExactlyElementsOf(asked);
    for (Asked one : asked) {
      Answer answer =
          one.activity().equals("left")
              ? done(5)
              : new Answer.Failed(FailureKind.INFRASTRUCTURE, "node lost");
      assertThat(processes.resume(one.id(), answer)).isEqualTo(Answered.WENT_ON);
      killAndStartAnother();
      assertThat(processes.resume(one.id(), answer)).isEqualTo(Answered.BEFORE);
    }
    UserTask repair = processes.tasks(TENANT, TaskFilter.ALL).getFirst();
    assertThat(repair.activity()).isEqualTo("repair");
    processes.complete(TENANT, repair.id(), "ann", RecordValue.EMPTY);
    killAndStartAnother();
    assertThat(processes.state(TENANT, instance).orElseThrow().phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(processes.variables(TENANT, instance).get("leftOut")).isEqualTo(new IntegerValue(5));
  }

  @Test
  void connectionsThatEndTakeBackWhatWasUnderWayAndNothingIsDoneTwice() throws Exception {
    String digest = deploy(processes, process("p", chain(run("a") + run("b"), "a", "b")));
    int instances = 60;
    int broken = 0;
    for (int i = 0; i < instances; i++) {
      String key = "key" + i;
      RecordValue inputs = number(i);
      broken += tries(() -> processes.start(TENANT, digest, "p", key, inputs));
    }
    List<Asked> asked = processes.asked(1_000);
    assertThat(asked).hasSize(instances).allSatisfy(a -> assertThat(a.activity()).isEqualTo("a"));
    assertThat(asked.stream().map(Asked::instance).distinct()).hasSize(instances);
    for (Asked one : asked) {
      broken += tries(() -> processes.resume(one.id(), done(1)));
    }
    assertThat(processes.asked(1_000))
        .hasSize(instances)
        .allSatisfy(a -> assertThat(a.activity()).isEqualTo("b"));
    assertThat(broken)
        .as("the connections must have ended in the middle of something")
        .isPositive();
  }

  /** How often it had to be tried again, because its connection ended in the middle. */
  private int tries(Callable<?> request) throws Exception {
    Thread killer = Thread.ofPlatform().start(this::endQuietly);
    int broken = 0;
    for (boolean met = false; !met; ) {
      try {
        request.call();
        met = true;
      } catch (IOException e) {
        broken++;
      }
    }
    killer.join();
    return broken;
  }

  private void endQuietly() {
    try {
      endConnections();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void timersThatWereDueWhileNoServerRanFireAfterwards() throws Exception {
    String digest =
        deploy(processes, process("p", chain(timer("t", "PT1S") + userTask("u"), "t", "u")));
    processes.start(TENANT, digest, "p", "key", number(1));
    processes.close();
    await(() ->
        assertThat(
                new Sql(database.pool())
                    .list(
                        "SELECT count(*) FROM bpmn.act_ru_timer_job WHERE duedate_ < now()",
                        row -> row.getLong(1)))
            .containsExactly(1L));
    processes = server();
    processes.startIfUsed();
    await(() -> assertThat(processes.tasks(TENANT, TaskFilter.ALL)).hasSize(1));
  }

  @Test
  void twoServersDoTheSameOnce() throws Exception {
    Processes other = server();
    String document = process("p", chain(run("calc") + userTask("u"), "calc", "u"));
    List<String> digests =
        atOnce(
            IntStream.range(0, 8)
                .<Callable<String>>mapToObj(
                    i -> () -> deploy(i % 2 == 0 ? processes : other, document))
                .toList());
    assertThat(digests.stream().distinct()).hasSize(1);
    assertThat(
            new Sql(database.pool())
                .list("SELECT count(*) FROM bpmn.act_re_procdef", row -> row.getLong(1)))
        .containsExactly(1L);

    List<String> instances =
        atOnce(
            IntStream.range(0, 40)
                .<Callable<String>>mapToObj(i ->
                    () ->
                        (i % 2 == 0 ? processes : other)
                            .start(TENANT, digests.getFirst(), "p", "key" + i / 8, number(i / 8)))
                .toList());
    assertThat(instances.stream().distinct()).hasSize(5);
    assertThat(processes.asked(100)).hasSize(5);

    List<Asked> asked = processes.asked(100);
    List<Answered> answers =
        atOnce(
            IntStream.range(0, 40)
                .<Callable<Answered>>mapToObj(i ->
                    () -> (i % 2 == 0 ? processes : other).resume(asked.get(i / 8).id(), done(i)))
                .toList());
    assertThat(answers).filteredOn(a -> a == Answered.WENT_ON).hasSize(5);
    assertThat(answers).filteredOn(a -> a == Answered.BEFORE).hasSize(35);
    assertThat(other.tasks(TENANT, TaskFilter.ALL)).hasSize(5);
  }

  @Test
  void aHundredParallelAnswersFromTwoServersAllCount() throws Exception {
    Processes other = server();
    String many =
        "<multiInstanceLoopCharacteristics><loopCardinality>100</loopCardinality></multiInstanceLoopCharacteristics>";
    String digest = deploy(processes, process("p", chain(run("calc", many), "calc")));
    String instance = processes.start(TENANT, digest, "p", "key", number(1));
    List<Asked> asked = processes.asked(1_000);
    assertThat(asked).hasSize(100);
    List<Answered> answers =
        atOnce(
            IntStream.range(0, 100)
                .<Callable<Answered>>mapToObj(
                    i -> () -> (i % 2 == 0 ? processes : other).resume(asked.get(i).id(), done(i)))
                .toList());
    assertThat(answers).containsOnly(Answered.WENT_ON);
    assertThat(processes.state(TENANT, instance).orElseThrow().phase()).isEqualTo(Phase.SUCCEEDED);
  }
}
