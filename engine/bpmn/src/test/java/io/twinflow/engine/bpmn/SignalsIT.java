package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.arrow;
import static io.twinflow.engine.bpmn.Documents.chain;
import static io.twinflow.engine.bpmn.Documents.deploy;
import static io.twinflow.engine.bpmn.Documents.object;
import static io.twinflow.engine.bpmn.Documents.process;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.bpmn.ProcessState.Phase;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signal reaches all processes of one person that listen for it, each once. */
class SignalsIT {

  private static final BpmnSettings QUICK = new BpmnSettings(2, 6, Duration.ofMillis(100), 1);
  private static final String STORM = "<signalEventDefinition signalRef=\"storm\"/>";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private Processes processes;

  @BeforeEach
  void open() {
    processes = new Processes(database.plain(), QUICK);
  }

  @AfterEach
  void close() {
    processes.close();
  }

  private static String listens(String id) {
    return "<intermediateCatchEvent id=\"%s\">%s</intermediateCatchEvent>".formatted(id, STORM);
  }

  /** Listens, and then a person has to do something. */
  private static String listening() {
    return process("p", chain(listens("l") + userTask("u"), "l", "u"));
  }

  private String start(String document, String run, String subject) throws Exception {
    processes.startRun(
        TENANT, deploy(processes, document), "p", run, subject, object("{\"n\": 7}"));
    return run;
  }

  private int storm(String key, @Nullable String subject, String values) throws Exception {
    return processes.signal(key, TENANT, subject, "storm", object(values));
  }

  private List<String> working() throws Exception {
    return processes.tasks(TENANT, TaskFilter.ALL).stream()
        .map(task -> task.instance() + " " + task.name())
        .sorted()
        .toList();
  }

  private static void await(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }

  private List<String> told(String instance) throws Exception {
    return processes.news(1000).stream()
        .filter(each -> each.instance().equals(instance))
        .map(News::detail)
        .filter(detail -> detail.contains("signal"))
        .toList();
  }

  @Test
  void itReachesAllProcessesOfOnePersonWithItsValues() throws Exception {
    start(listening(), "ann-1", "ann");
    start(listening(), "ann-2", "ann");
    start(listening(), "bob-1", "bob");

    assertThat(storm("first", "ann", "{\"n\": 8}")).isEqualTo(2);

    await(() -> assertThat(working()).containsExactly("ann-1 Please 8", "ann-2 Please 8"));
    assertThat(told("ann-1")).containsExactly("the signal \"storm\" has come");
    assertThat(told("bob-1")).isEmpty();
    assertThat(processes.signal("other", "other", null, "storm", object("{}"))).isZero();
    assertThat(processes.signal("calm", TENANT, null, "calm", object("{}"))).isZero();
  }

  @Test
  void thatOfNobodyInParticularReachesThoseOfAll() throws Exception {
    start(listening(), "ann-1", "ann");
    start(listening(), "bob-1", "bob");

    assertThat(storm("first", null, "{}")).isEqualTo(2);

    await(() -> assertThat(working()).containsExactly("ann-1 Please 7", "bob-1 Please 7"));
  }

  @Test
  void eachProcessGetsItOnceForAKey() throws Exception {
    String twice = process("p", chain(listens("l") + listens("m"), "l", "m"));
    start(twice, "ann-1", "ann");
    assertThat(storm("first", "ann", "{}")).isEqualTo(1);
    await(() ->
        assertThat(
                new Sql(database.pool())
                    .list(
                        "SELECT activity_id_ FROM bpmn.act_ru_event_subscr",
                        row -> row.getString(1)))
            .containsExactly("m"));

    assertThat(storm("first", "ann", "{}")).isEqualTo(1);
    assertThat(told("ann-1")).hasSize(1);

    assertThat(storm("second", "ann", "{}")).isEqualTo(1);
    await(() -> assertThat(phase("ann-1")).isEqualTo(Phase.SUCCEEDED));
    assertThat(processes.forget(TENANT, "ann-1")).isTrue();
    assertThat(storm("first", "ann", "{}")).isZero();
  }

  private Phase phase(String instance) throws Exception {
    return processes.state(TENANT, instance).orElseThrow().phase();
  }

  @Test
  void givenByManyAtOnceItIsOne() throws Exception {
    for (int i = 0; i < 10; i++) {
      start(listening(), "ann-" + i, "ann");
    }
    try (ExecutorService many = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> given = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        given.add(many.submit(() -> storm("same", "ann", "{}")));
      }
      for (Future<Integer> each : given) {
        assertThat(each.get()).isEqualTo(10);
      }
    }
    await(() -> assertThat(working()).hasSize(10));
    for (int i = 0; i < 10; i++) {
      assertThat(told("ann-" + i)).hasSize(1);
    }
  }

  @Test
  void whatOneCannotDoIsNoTroubleOfOthers() throws Exception {
    String fails =
        process("p", chain(listens("l") + userTask("u").replace("office", "${n - 1}"), "l", "u"));
    start(fails, "ann-1", "ann");
    start(listening(), "ann-2", "ann");

    assertThat(storm("first", "ann", "{\"n\": \"x\"}")).isEqualTo(2);

    await(() -> assertThat(working()).containsExactly("ann-2 Please x"));
    await(() ->
        assertThat(processes.stuck(TENANT)).extracting(Stuck::instance).containsExactly("ann-1"));
    assertThat(processes.news(1000))
        .filteredOn(each -> each.instance().equals("ann-1"))
        .extracting(News::detail)
        .anyMatch(
            detail -> detail.startsWith("l is stuck: ") && detail.contains("expects a number"));
    assertThat(processes.cancel(TENANT, "ann-1", "ann", "a mistake")).isTrue();
    assertThat(processes.stuck(TENANT)).isEmpty();
    assertThat(processes.forget(TENANT, "ann-1")).isTrue();
    assertThat(count("SELECT count(*) FROM bpmn.act_ru_deadletter_job")).isZero();
  }

  private long count(String query) throws Exception {
    return new Sql(database.pool()).list(query, row -> row.getLong(1)).getFirst();
  }

  /** However fast they come, each finds the process where the one before has left it. */
  @Test
  void signalsThatComeOneAfterTheOtherAreAllHeard() throws Exception {
    String[] names = {"l1", "l2", "l3", "l4", "l5"};
    StringBuilder body = new StringBuilder();
    for (String name : names) {
      body.append(listens(name));
    }
    start(process("p", chain(body.toString(), names)), "ann-1", "ann");
    for (int i = 1; i <= 5; i++) {
      assertThat(storm("s" + i, "ann", "{\"last\": %d}".formatted(i))).isEqualTo(1);
    }
    assertThat(phase("ann-1")).isEqualTo(Phase.SUCCEEDED);
    assertThat(ValueJson.write(processes.variables(TENANT, "ann-1"))).contains("\"last\":5");
  }

  /** Two at a time hold their own locks and throw at the other. */
  @Test
  void processesThatThrowAtEachOtherDoNotStandInEachOthersWay() throws Exception {
    String document =
        process(
            "p",
            "<startEvent id=\"s\"/><parallelGateway id=\"g\"/>"
                + userTask("u")
                + "<intermediateThrowEvent id=\"t\">"
                + STORM
                + "</intermediateThrowEvent>"
                + listens("l")
                + "<endEvent id=\"e\"/><endEvent id=\"f\"/>"
                + arrow("s", "g")
                + arrow("g", "u")
                + arrow("u", "t")
                + arrow("t", "e")
                + arrow("g", "l")
                + arrow("l", "f"));
    for (int round = 0; round < 5; round++) {
      String one = start(document, "one-" + round, "ann");
      String two = start(document, "two-" + round, "ann");
      List<UserTask> tasks =
          processes.tasks(TENANT, TaskFilter.ALL).stream()
              .filter(task -> task.instance().equals(one) || task.instance().equals(two))
              .toList();
      try (ExecutorService many = Executors.newFixedThreadPool(2)) {
        List<Future<Boolean>> completed = new ArrayList<>();
        for (UserTask task : tasks) {
          completed.add(
              many.submit(() -> {
                processes.complete(TENANT, task.id(), "ann", RecordValue.EMPTY);
                return true;
              }));
        }
        for (Future<Boolean> each : completed) {
          assertThat(each.get()).isTrue();
        }
      }
      await(() -> assertThat(phase(one)).isEqualTo(Phase.SUCCEEDED));
      await(() -> assertThat(phase(two)).isEqualTo(Phase.SUCCEEDED));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<intermediateThrowEvent id=\"t\">%s</intermediateThrowEvent><endEvent id=\"e\"/>",
        "<endEvent id=\"t\">%s</endEvent>",
        """
        <subProcess id="t"><startEvent id="i"/><endEvent id="j">%s</endEvent>
        <sequenceFlow id="i-j" sourceRef="i" targetRef="j"/></subProcess><endEvent id="e"/>
        """
      })
  void whatAProcessThrowsReachesTheOthersOfItsOwner(String event) throws Exception {
    start(listening(), "ann-1", "ann");
    start(listening(), "bob-1", "bob");
    String body =
        "<startEvent id=\"s\"/>"
            + event.formatted(STORM)
            + arrow("s", "t")
            + (event.contains("id=\"e\"") ? arrow("t", "e") : "");

    start(process("p", body), "ann-2", "ann");

    await(() -> assertThat(working()).containsExactly("ann-1 Please 7"));
    await(() -> assertThat(phase("ann-2")).isEqualTo(Phase.SUCCEEDED));
    assertThat(storm("later", null, "{}")).as("only bob's still listens").isEqualTo(1);
  }

  /** Both branches go on in one transaction. */
  @Test
  void aProcessHearsWhatItThrowsItself() throws Exception {
    String body =
        "<startEvent id=\"s\"/><parallelGateway id=\"g\"/>"
            + listens("l")
            + userTask("u")
            + "<intermediateThrowEvent id=\"t\">"
            + STORM
            + "</intermediateThrowEvent><endEvent id=\"e\"/><endEvent id=\"f\"/>"
            + arrow("s", "g")
            + arrow("g", "l")
            + arrow("l", "u")
            + arrow("u", "e")
            + arrow("g", "t")
            + arrow("t", "f");

    start(process("p", body), "ann-1", "ann");

    await(() -> assertThat(working()).containsExactly("ann-1 Please 7"));
  }

  @Test
  void calledProcessesListenAndThrowForTheirOwner() throws Exception {
    String inner =
        process("inner", chain(listens("l"), "l").replaceAll("(start|end)(?=[\"-])", "i$1"));
    String calls =
        chain("<callActivity id=\"c\" calledElement=\"inner\"/>" + userTask("u"), "c", "u");
    start(inner + process("p", calls), "ann-1", "ann");
    start(inner + process("p", calls), "bob-1", "bob");
    String thrower =
        process(
                "inner",
                chain(
                    "<intermediateThrowEvent id=\"t\">" + STORM + "</intermediateThrowEvent>", "t"))
            .replaceAll("(start|end)(?=[\"-])", "i$1");

    start(
        thrower + process("p", chain("<callActivity id=\"c\" calledElement=\"inner\"/>", "c")),
        "ann-2",
        "ann");

    await(() -> assertThat(working()).containsExactly("ann-1 Please 7"));
  }
}
