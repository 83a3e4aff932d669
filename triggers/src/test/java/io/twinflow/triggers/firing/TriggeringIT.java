package io.twinflow.triggers.firing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.twinflow.engine.postgres.Instance;
import io.twinflow.engine.postgres.JournalMeter;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.KeptEvent;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.triggers.rule.TriggerRule;
import io.twinflow.workflowdefs.expression.Evaluators;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the inbox to runs, on a real PostgreSQL; the runs are rows that the test makes. */
class TriggeringIT {

  private static final Sender ANN = new Sender("default", "ann");
  private static final Duration LEASE = Duration.ofSeconds(2);

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private final Rows rows = new Rows();
  private final Table table = new Table();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Inbox inbox;
  private Triggers triggers;
  private Firings firings;

  /** Makes runs as an engine does: a row of that name, once. */
  private final class Rows implements RunMaker {
    private final Map<String, Order> made = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger names = new AtomicInteger();
    private volatile Optional<Fault> fault = Optional.empty();

    @Override
    public String newRun() {
      return "run-%06d".formatted(names.incrementAndGet());
    }

    @Override
    public void make(Order order) throws CannotStartException, IOException {
      calls.incrementAndGet();
      if (fault.isPresent()) {
        fault.get().before(order);
      }
      try (Connection connection = database.pool().getConnection();
          var insert =
              connection.prepareStatement(
                  "INSERT INTO run (id, tenant, subject) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
        insert.setString(1, order.run());
        insert.setString(2, order.tenant());
        insert.setString(3, order.subject());
        insert.executeUpdate();
      } catch (SQLException e) {
        throw new IOException(e);
      }
      made.put(order.run(), order);
    }

    /** Who waits, by the content of the message. */
    private final Map<String, String> waiting = new ConcurrentHashMap<>();

    @Override
    public Optional<String> tell(Told message) {
      return Optional.ofNullable(waiting.get(message.name() + message.content()));
    }

    /** How many listen, by the content of the signal. */
    private final Map<String, Integer> listening = new ConcurrentHashMap<>();

    @Override
    public int signal(Told signal) {
      return listening.getOrDefault(signal.name() + signal.content(), 0);
    }

    @Override
    public void cancel(String tenant, String run, String reason) throws IOException {
      end(run);
    }
  }

  /** A warning from a level of 3 on; a level below that matches no rule. */
  private static final class Table implements Decider {
    private final List<Question> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    @Override
    public Decided decide(Question question) throws CannotStartException, IOException {
      asked.add(question);
      if (failures.getAndDecrement() > 0) {
        throw new IOException("no answer");
      }
      Matcher level = Pattern.compile("\\{\"level\":\"s?(-?[0-9]+)\"}").matcher(question.inputs());
      if (!level.matches()) {
        throw new CannotStartException("level: expected a number, found " + question.inputs());
      }
      int found = Integer.parseInt(level.group(1));
      return new Decided(
          "alarm",
          found < 3,
          told("{\"digest\": \"abc\", \"outputs\": {\"half\": %s}}", found / 2.0));
    }

    private static RecordValue told(String json, double half) {
      try {
        return (RecordValue) ValueJson.read(json.formatted(half));
      } catch (InvalidJsonException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final String DECIDE =
      "decide: {decision: alarm, inputs: {level: $(self.subject)}}, inputs: {half: $(decision.half)}";

  private static final Inbox.Query ANY = new Inbox.Query(null, null, null, null, null);

  private interface Fault {
    void before(RunMaker.Order order) throws CannotStartException, IOException;
  }

  private void end(String run) throws IOException {
    end(run, "SUCCEEDED");
  }

  private void end(String run, String state) throws IOException {
    new Sql(database.pool())
        .change("UPDATE run SET ended = now(), state = ? WHERE id = ?", state, run);
  }

  @BeforeEach
  void open() {
    inbox = new Inbox(database.pool());
    triggers = new Triggers(database.pool(), () -> {});
    firings = new Firings(database.pool(), () -> {});
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private Triggering server() throws IOException {
    Instance instance = Instance.join(database.pool(), "test", "default", LEASE, JournalMeter.NONE);
    opened.add(instance);
    Triggering server =
        new Triggering(database.pool(), rows, table, Evaluators.standard(), instance.number());
    opened.add(server);
    server.start();
    return server;
  }

  private void save(String document) throws Exception {
    TriggerRule rule = TriggerRule.read(document, "t.yaml");
    String check = rule.check() == null ? null : "wf-check";
    Triggers.NewTrigger trigger =
        new Triggers.NewTrigger(
            "default", "ann", document, "wf-1", check, rule.decide() == null ? null : "d-1", rule);
    assertThat(triggers.save(trigger, false)).isPresent();
  }

  private static CloudEvent event(String id, String subject) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create("/gauges"))
        .withType("reading")
        .withSubject(subject)
        .build();
  }

  private static List<CloudEvent> events(int count) {
    return IntStream.range(0, count).mapToObj(i -> event("e" + i, "s" + i)).toList();
  }

  private List<Firing> all() throws IOException {
    return firings.page("default", query(null), 10_000).reversed();
  }

  private static Firings.Query query(String state) {
    return new Firings.Query(null, null, state, null, null, null, null, null);
  }

  private List<String> states() throws IOException {
    return all().stream().map(Firing::state).toList();
  }

  private void awaitStates(String... states) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(states()).containsExactly(states));
  }

  @Test
  void eachEventMakesOneRunInTheOrderOfTheInboxHoweverOftenItIsSent() throws Exception {
    save("{name: each, filter: {type: reading}, workflow: w, inputs: {id: $(self.id)}}");
    save("{name: other, filter: {type: other}, workflow: w}");
    server();
    server();
    inbox.keep(ANN, events(300));
    inbox.keep(ANN, events(300));
    inbox.keep(new Sender("default", "bob"), events(5));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(states()).hasSize(300).containsOnly("started"));
    assertThat(rows.made).hasSize(300);
    List<String> inputs =
        all().stream().map(firing -> rows.made.get(firing.run()).inputs()).toList();
    assertThat(inputs)
        .isEqualTo(IntStream.range(0, 300).mapToObj(i -> "{\"id\":\"e" + i + "\"}").toList());
    assertThat(rows.made.values())
        .allSatisfy(order -> assertThat(order.labels()).containsEntry("trigger", "each"));
  }

  @Test
  void anEventThatCameAfterATriggerWasSavedMeetsIt() throws Exception {
    int rounds = 100;
    server();
    for (int i = 0; i < rounds; i++) {
      save("{name: t%1$d, filter: {type: reading, subject: s%1$d}, workflow: w}".formatted(i));
      inbox.keep(ANN, List.of(event("e" + i, "s" + i)));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(inbox.page("default", ANY, rounds))
                .extracting(KeptEvent::state)
                .hasSize(rounds)
                .doesNotContain("new"));
    assertThat(all()).hasSize(rounds);
  }

  @Test
  void aServerThatDiesBetweenTheRunAndItsAnswerLeavesOneRun() throws Exception {
    save("{name: each, filter: {type: reading}, workflow: w}");
    AtomicInteger lost = new AtomicInteger();
    rows.fault =
        Optional.of(order -> {
          if (lost.getAndIncrement() < 3) {
            throw new IOException("no answer");
          }
        });
    server();
    inbox.keep(ANN, events(1));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(states()).containsExactly("started"));
    assertThat(rows.calls).hasValue(4);
    assertThat(rows.names).hasValue(1);
    assertThat(all().getFirst().tries()).isEqualTo(3);
  }

  @Test
  void aMessageWaitsForAProcessAndIsADeadLetterWhenNoneComes() throws Exception {
    save(
        "{name: tell, filter: {type: reading}, message: {name: go, where: {id: $(self.id)}, within: 1s}}");
    rows.waiting.put("go{\"where\":{\"id\":\"e0\"}}", "run-of-a-process");
    server();
    inbox.keep(ANN, events(2));
    awaitStates("done", "dead");
    assertThat(all().getFirst().run()).isEqualTo("run-of-a-process");
    assertThat(all().getLast().reason()).contains("waits for the message \"go\"");
    assertThat(rows.calls).hasValue(0);
    firings.replay("default", query("dead"), null, false);
    awaitStates("done", "waiting");
    rows.waiting.put("go{\"where\":{\"id\":\"e1\"}}", "run-of-another");
    awaitStates("done", "done");
  }

  @Test
  void aSignalWaitsForNobody() throws Exception {
    save("{name: tell, filter: {type: reading}, signal: {name: go, values: {id: $(self.id)}}}");
    rows.listening.put("go{\"values\":{\"id\":\"e0\"}}", 2);
    server();
    inbox.keep(ANN, events(2));
    awaitStates("done", "skipped");
    assertThat(all().getFirst().reason()).isEqualTo("the signal \"go\" has reached 2 processes");
    assertThat(all().getLast().reason())
        .isEqualTo("no process of yours listens for the signal \"go\"");
    assertThat(all()).extracting(Firing::run).containsOnlyNulls();
  }

  @Test
  void oneWhoseStartTakesLongKeepsNobodyWaiting() throws Exception {
    save("{name: each, filter: {type: reading}, workflow: w, inputs: {id: $(self.id)}}");
    java.util.concurrent.CountDownLatch held = new java.util.concurrent.CountDownLatch(1);
    rows.fault =
        Optional.of(order -> {
          if (order.inputs().contains("e0\"")) {
            try {
              held.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        });
    server();
    inbox.keep(ANN, events(100));
    await().atMost(Duration.ofSeconds(30)).until(() -> rows.made.size() == 99);
    assertThat(states().getFirst()).isEqualTo("starting");
    held.countDown();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(states()).hasSize(100).containsOnly("started"));
    assertThat(rows.calls).hasValue(100);
  }

  @Test
  void whatADeadServerHadTakenIsMadeByAnotherUnderTheSameName() throws Exception {
    save("{name: each, filter: {type: reading}, workflow: w}");
    Instance dead = Instance.join(database.pool(), "dead", "default", LEASE, JournalMeter.NONE);
    new Dispatch(database.pool(), Evaluators.standard()).next();
    inbox.keep(ANN, events(2));
    new Dispatch(database.pool(), Evaluators.standard()).next();
    List<Claimed> claimed = new ClaimFirings(database.pool(), rows, dead.number()).next(List.of());
    assertThat(claimed).hasSize(2);
    dead.close();
    server();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(states()).containsExactly("started", "started"));
    assertThat(rows.made.keySet())
        .containsExactlyInAnyOrderElementsOf(claimed.stream().map(Claimed::run).toList());
  }

  @Test
  void aDatabaseThatIsAwayMakesNoDeadLetterHoweverLong() throws Exception {
    save("{name: each, filter: {type: reading}, workflow: w}");
    rows.fault =
        Optional.of(_ -> {
          throw new IllegalStateException(new SQLException("shut down", "57P01"));
        });
    server();
    inbox.keep(ANN, events(1));
    await().untilAsserted(() -> assertThat(rows.calls).hasPositiveValue());
    Sql sql = new Sql(database.pool());
    String tooOften = "UPDATE firing SET tries = 40, due = now() WHERE state = 'waiting'";
    await().until(() -> sql.change(tooOften) == 1);
    await()
        .until(
            () -> sql.list("SELECT tries FROM firing", row -> row.getInt(1)).equals(List.of(41)));
    assertThat(all().getFirst().reason()).isEqualTo("tried again: the database was away");
    rows.fault = Optional.empty();
    sql.change("UPDATE firing SET due = now()");
    awaitStates("started");
  }

  @Test
  void whatCanMakeNoRunIsADeadLetterUntilItIsReplayed() throws Exception {
    save("{name: each, filter: {type: reading}, workflow: w, inputs: {x: $(self.nothing.deep)}}");
    server();
    inbox.keep(ANN, events(1));
    awaitStates("dead");
    Firing dead = all().getFirst();
    assertThat(dead.reason()).contains("each:1:", "nothing");
    assertThat(firings.events(dead.id())).hasSize(1);
    assertThat(rows.made).isEmpty();
    save("{name: each, filter: {type: reading}, workflow: w, inputs: {x: 1}}");
    assertThat(firings.replay("default", query(null), null, false)).isEqualTo(1);
    assertThat(firings.replay("default", query(null), null, false)).isZero();
    awaitStates("started");
    assertThat(all().getFirst().version()).isEqualTo(2);
  }

  @Test
  void asManyEventsAsAreWantedMakeOneRunByTheirKeys() throws Exception {
    save(
        """
        name: daily
        filter: {type: reading}
        workflow: w
        collect: {by: "$(self.subject)", count: 3}
        inputs: {ids: "$(inputs.events.map(function(e) { return e.id; }))"}
        """);
    server();
    List<CloudEvent> some = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      some.add(event("a" + i, "monday"));
      some.add(event("b" + i, "tuesday"));
    }
    inbox.keep(ANN, some);
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(rows.made).hasSize(4));
    assertThat(rows.made.values())
        .extracting(RunMaker.Order::inputs)
        .containsExactlyInAnyOrder(
            "{\"ids\":[\"a0\",\"a1\",\"a2\"]}",
            "{\"ids\":[\"a3\",\"a4\",\"a5\"]}",
            "{\"ids\":[\"b0\",\"b1\",\"b2\"]}",
            "{\"ids\":[\"b3\",\"b4\",\"b5\"]}");
    assertThat(states()).filteredOn("collecting"::equals).hasSize(2);
  }

  @Test
  void whatIsCollectedStartsWhenItIsQuiet() throws Exception {
    save(
        "{name: quiet, filter: {type: reading}, workflow: w, collect: {quiet: 500ms, within: 1h}}");
    server();
    inbox.keep(ANN, List.of(event("1", "a")));
    inbox.keep(ANN, List.of(event("2", "b")));
    awaitStates("started");
    assertThat(all().getFirst().events()).isEqualTo(2);
  }

  @Test
  void oneRunTooManyWaitsForItsTurn() throws Exception {
    save("{name: one, filter: {type: reading}, workflow: w, overlap: {most: 1}}");
    Triggering server = server();
    inbox.keep(ANN, events(3));
    awaitStates("started", "waiting", "waiting");
    assertThat(all().get(1).reason()).isEqualTo("waits for one of 1 runs to end");
    end(all().getFirst().run());
    server.lookAgain();
    awaitStates("done", "started", "waiting");
    end(all().get(1).run());
    awaitStates("done", "done", "started");
  }

  /** Each run ends as soon as it is made: the order of the rest is that of their events. */
  @Test
  void thoseThatWaitForTheirTurnKeepTheirOrder() throws Exception {
    save(
        "{name: one, filter: {type: reading}, workflow: w, overlap: {most: 1}, inputs: {id: $(self.id)}}");
    List<String> order = java.util.Collections.synchronizedList(new ArrayList<>());
    AtomicInteger failures = new AtomicInteger();
    rows.fault =
        Optional.of(made -> {
          if (made.inputs().contains("e7") && failures.getAndIncrement() < 1) {
            throw new IOException("not now");
          }
          order.add(made.inputs());
        });
    server();
    Triggering second = server();
    inbox.keep(ANN, events(30));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          for (String run : rows.made.keySet()) {
            end(run);
          }
          second.lookAgain();
          return order.size() == 30;
        });
    assertThat(order)
        .isEqualTo(IntStream.range(0, 30).mapToObj(i -> "{\"id\":\"e" + i + "\"}").toList());
  }

  /** In their order, also when another one comes while some wait. */
  @Test
  void noMoreRunsBeginInATimeThanAreWanted() throws Exception {
    save(
        "{name: slow, filter: {type: reading}, workflow: w, rate: {most: 2, per: 3s}, inputs: {id: $(self.id)}}");
    List<String> order = java.util.Collections.synchronizedList(new ArrayList<>());
    rows.fault = Optional.of(run -> order.add(run.inputs()));
    server();
    server();
    inbox.keep(ANN, events(4));
    awaitStates("started", "started", "waiting", "waiting");
    assertThat(all().get(2).reason()).isEqualTo("waits for its turn: at most 2 runs begin in 3s");
    inbox.keep(ANN, List.of(event("e4", "late")));
    awaitStates("started", "started", "started", "started", "started");
    assertThat(order).hasSize(5).endsWith("{\"id\":\"e4\"}");
    List<Timestamp> begun =
        new Sql(database.pool())
            .list("SELECT begun FROM firing ORDER BY id", row -> row.getTimestamp(1));
    for (int i = 2; i < begun.size(); i++) {
      assertThat(Duration.between(begun.get(i - 2).toInstant(), begun.get(i).toInstant()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }
  }

  @Test
  void whatIsTriedAgainIsNotCountedAsAnotherRun() throws Exception {
    save("{name: slow, filter: {type: reading}, workflow: w, rate: {most: 1, per: 1h}}");
    AtomicInteger failures = new AtomicInteger();
    rows.fault =
        Optional.of(run -> {
          if (failures.getAndIncrement() < 2) {
            throw new IOException("not now");
          }
        });
    server();
    inbox.keep(ANN, events(2));
    awaitStates("started", "waiting");
  }

  private static final String DAILY =
      """
      name: daily
      filter: {type: reading}
      workflow: w
      collect:
        by: $(self.subject)
        each: $(self.data.field)
        all: [rain, wind]
        within: %s
      inputs: {ids: "$(inputs.events.map(function(e) { return e.id; }))"}
      """;

  private static CloudEvent field(String id, String day, String field) {
    return CloudEventBuilder.from(event(id, day))
        .withData("application/json", "{\"field\":\"%s\"}".formatted(field).getBytes(UTF_8))
        .build();
  }

  @Test
  void aRunStartsWhenAllThatItWaitsForHasCome() throws Exception {
    save(DAILY.formatted("1h"));
    server();
    inbox.keep(
        ANN,
        List.of(
            field("1", "monday", "rain"),
            field("2", "tuesday", "rain"),
            field("3", "monday", "rain"),
            field("4", "monday", "snow")));
    awaitStates("collecting", "collecting");
    inbox.keep(
        ANN,
        List.of(
            field("5", "monday", "wind"),
            field("6", "monday", "wind"),
            field("7", "tuesday", "wind"),
            field("8", "monday", "rain")));
    awaitStates("started", "started", "started");
    assertThat(rows.made.values())
        .extracting(RunMaker.Order::inputs)
        .containsExactlyInAnyOrder(
            "{\"ids\":[\"1\",\"3\",\"4\",\"5\"]}",
            "{\"ids\":[\"2\",\"7\"]}",
            "{\"ids\":[\"6\",\"8\"]}");
  }

  @Test
  void whatWasWaitedForInVainIsADeadLetterThatStartsWithoutItWhenSomebodyWants() throws Exception {
    save(DAILY.formatted("500ms"));
    server();
    inbox.keep(ANN, List.of(field("1", "monday", "wind")));
    awaitStates("dead");
    assertThat(all().getFirst().reason()).isEqualTo("did not come: rain");
    assertThat(rows.made).isEmpty();
    assertThat(firings.replay("default", query(null), null, false)).isEqualTo(1);
    awaitStates("started");
  }

  private static final String CHECKED =
      """
      name: checked
      filter: {type: reading}
      workflow: w
      inputs: {id: $(self.id)}
      check: {workflow: c, inputs: {what: $(self.subject)}}
      overlap: {most: 1}
      """;

  @Test
  void aRunBeginsWhenItsDataAreFoundGoodAndThoseBehindItWait() throws Exception {
    save(CHECKED);
    Triggering server = server();
    inbox.keep(ANN, events(2));
    awaitStates("checking", "waiting");
    Firing first = all().getFirst();
    assertThat(rows.made).containsOnlyKeys(String.valueOf(first.checkRun()));
    RunMaker.Order check = rows.made.get(first.checkRun());
    assertThat(check.workflow()).isEqualTo("wf-check");
    assertThat(check.inputs()).isEqualTo("{\"what\":\"s0\"}");
    assertThat(check.labels())
        .containsEntry("trigger", "checked")
        .containsEntry("checks", first.run());
    end(first.checkRun());
    server.lookAgain();
    awaitStates("started", "waiting");
    assertThat(rows.made.get(first.run()).inputs()).isEqualTo("{\"id\":\"e0\"}");
    end(first.run());
    server.lookAgain();
    awaitStates("done", "checking");
  }

  @Test
  void dataThatAreNotGoodAreInQuarantineUntilSomebodyWantsThemTriedOrTaken() throws Exception {
    save(CHECKED);
    Triggering server = server();
    inbox.keep(ANN, events(2));
    awaitStates("checking", "waiting");
    Firing first = all().getFirst();
    end(first.checkRun(), "FAILED");
    server.lookAgain();
    awaitStates("quarantined", "checking");
    assertThat(all().getFirst().reason())
        .isEqualTo("its check, run " + first.checkRun() + ", failed");
    assertThat(rows.made).doesNotContainKey(first.run());
    end(all().getLast().checkRun(), "CANCELLED");
    server.lookAgain();
    awaitStates("quarantined", "quarantined");
    assertThat(all().getLast().reason()).endsWith("was cancelled");
    assertThat(firings.replay("default", query(null), first.id(), false)).isEqualTo(1);
    server.lookAgain();
    awaitStates("checking", "quarantined");
    assertThat(all().getFirst().checkRun()).isNotEqualTo(first.checkRun());
    end(all().getFirst().checkRun(), "FAILED");
    server.lookAgain();
    awaitStates("quarantined", "quarantined");
    assertThat(firings.replay("default", query(null), first.id(), true)).isEqualTo(1);
    server.lookAgain();
    awaitStates("started", "quarantined");
  }

  /** As retention may do it. */
  @Test
  void aCheckThatIsGoneSaysNothingGood() throws Exception {
    save(CHECKED);
    Triggering server = server();
    inbox.keep(ANN, events(1));
    awaitStates("checking");
    new Sql(database.pool()).change("DELETE FROM run WHERE id = ?", all().getFirst().checkRun());
    server.lookAgain();
    awaitStates("quarantined");
    assertThat(all().getFirst().reason()).endsWith("was deleted before it had ended");
  }

  @Test
  void oneRunTooManyIsSkippedOrTakesThePlaceOfTheOldest() throws Exception {
    save("{name: skip, filter: {subject: s0}, workflow: w, overlap: {most: 1, then: skip}}");
    server();
    inbox.keep(ANN, events(1));
    awaitStates("started");
    inbox.keep(ANN, List.of(event("more", "s0")));
    awaitStates("started", "skipped");
    save("{name: last, filter: {subject: r}, workflow: w, overlap: {most: 1, then: replace}}");
    inbox.keep(ANN, List.of(event("r1", "r")));
    awaitStates("started", "skipped", "started");
    inbox.keep(ANN, List.of(event("r2", "r")));
    awaitStates("started", "skipped", "done", "started");
  }

  @Test
  void aTableSaysWhetherThereIsARunAndWhatItIsGiven() throws Exception {
    save("{name: warn, filter: {type: reading}, workflow: w, " + DECIDE + "}");
    server();
    server();
    inbox.keep(ANN, List.of(event("a", "2"), event("b", "5"), event("c", "high")));
    awaitStates("skipped", "started", "dead");
    assertThat(all().getFirst().reason()).isEqualTo("no rule of alarm matched");
    assertThat(all().getFirst().decided()).contains("\"digest\":\"abc\"");
    assertThat(all().getFirst().run()).isNull();
    assertThat(all().get(1).decided()).contains("\"half\":2.5");
    assertThat(rows.made.get(all().get(1).run()).inputs()).isEqualTo("{\"half\":2.5}");
    assertThat(all().getLast().reason()).startsWith("level: expected a number, found");
    assertThat(table.asked)
        .extracting(Decider.Question::decision, Decider.Question::subject)
        .containsOnly(tuple("d-1", "ann"));

    save(
        "{name: warn, filter: {type: reading}, workflow: w, decide: {decision: alarm, inputs: {level: \"$(self.id === 'c' ? '7' : self.subject)\"}}, inputs: {half: $(decision.half)}}");
    assertThat(firings.replay("default", query(null), null, false)).isEqualTo(1);
    awaitStates("skipped", "started", "started");
    assertThat(rows.made.get(all().getLast().run()).inputs()).isEqualTo("{\"half\":3.5}");
  }

  @Test
  void whatATableDropsTakesNoPlaceFromTheOthers() throws Exception {
    table.failures.set(2);
    save(
        "{name: skips, filter: {type: reading}, workflow: w, overlap: {most: 1, then: skip}, "
            + DECIDE
            + "}");
    save(
        "{name: rated, filter: {type: reading}, workflow: w, rate: {most: 1, per: 1h}, "
            + DECIDE
            + "}");
    save(
        "{name: replaces, filter: {type: reading}, workflow: w, overlap: {most: 1, then: replace}, "
            + DECIDE
            + "}");
    inbox.keep(
        ANN, IntStream.range(0, 40).mapToObj(i -> event("e" + i, i == 20 ? "9" : "1")).toList());
    server();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(all())
                .extracting(Firing::trigger, Firing::state)
                .filteredOn(each -> !each.toList().getLast().equals("skipped"))
                .containsExactlyInAnyOrder(
                    tuple("skips", "started"),
                    tuple("rated", "started"),
                    tuple("replaces", "started")));
    assertThat(all())
        .filteredOn(firing -> firing.state().equals("skipped"))
        .hasSize(117)
        .extracting(Firing::reason)
        .containsOnly("no rule of alarm matched");
    inbox.keep(ANN, List.of(event("low", "1")));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(all()).filteredOn(each -> each.state().equals("skipped")).hasSize(120));
    assertThat(all()).filteredOn(each -> each.state().equals("started")).hasSize(3);
  }

  @Test
  void aMessageIsGivenIfATableSaysSo() throws Exception {
    save(
        "{name: tell, filter: {type: reading}, message: {name: go, run: run-7, values: {half: $(decision.half)}}, "
            + DECIDE.replace(", inputs: {half: $(decision.half)}", "")
            + "}");
    rows.waiting.put("go{\"run\":\"run-7\",\"values\":{\"half\":4}}", "run-7");
    rows.waiting.put("go{\"run\":\"run-7\",\"values\":{\"half\":4.0}}", "run-7");
    server();
    inbox.keep(ANN, List.of(event("a", "1"), event("b", "8")));
    awaitStates("skipped", "done");
  }

  @Test
  void whatAServerThatDiedWasDecidingIsDecidedByAnother() throws Exception {
    save("{name: warn, filter: {type: reading}, workflow: w, " + DECIDE + "}");
    inbox.keep(ANN, List.of(event("a", "5")));
    try (Triggering first = server()) {
      awaitStates("started");
    }
    new Sql(database.pool())
        .change(
            "UPDATE firing SET state = 'deciding', decided = NULL, run = NULL, starter = -1 WHERE true");
    server();
    awaitStates("started");
    assertThat(rows.made).hasSize(2);
  }
}
