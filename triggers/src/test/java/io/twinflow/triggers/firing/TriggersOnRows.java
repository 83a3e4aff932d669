package io.twinflow.triggers.firing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.twinflow.engine.postgres.Instance;
import io.twinflow.engine.postgres.JournalMeter;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.triggers.inbox.Inbox;
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
import org.junit.jupiter.api.extension.RegisterExtension;

/** Triggers on a real PostgreSQL; the runs that they make are rows. */
abstract class TriggersOnRows {

  static final Sender ANN = new Sender("default", "ann");
  static final Duration LEASE = Duration.ofSeconds(2);

  @RegisterExtension final TestDatabase database = new TestDatabase();

  final Rows rows = new Rows();
  final Table table = new Table();
  final List<AutoCloseable> opened = new ArrayList<>();
  Inbox inbox;
  Triggers triggers;
  Firings firings;

  /** Makes runs as an engine does: a row of that name, once. */
  final class Rows implements RunMaker {
    final Map<String, Order> made = new ConcurrentHashMap<>();
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger names = new AtomicInteger();
    volatile Optional<Fault> fault = Optional.empty();

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
    final Map<String, String> waiting = new ConcurrentHashMap<>();

    @Override
    public Optional<String> tell(Told message) {
      return Optional.ofNullable(waiting.get(message.name() + message.content()));
    }

    /** How many listen, by the content of the signal. */
    final Map<String, Integer> listening = new ConcurrentHashMap<>();

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
  static final class Table implements Decider {
    final List<Question> asked = new CopyOnWriteArrayList<>();
    final AtomicInteger failures = new AtomicInteger();

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

  static final String DECIDE =
      "decide: {decision: alarm, inputs: {level: $(self.subject)}}, inputs: {half: $(decision.half)}";

  static final Inbox.Query ANY = new Inbox.Query(null, null, null, null, null);

  interface Fault {
    void before(RunMaker.Order order) throws CannotStartException, IOException;
  }

  void end(String run) throws IOException {
    end(run, "SUCCEEDED");
  }

  void end(String run, String state) throws IOException {
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

  Triggering server() throws IOException {
    Instance instance = Instance.join(database.pool(), "test", "default", LEASE, JournalMeter.NONE);
    opened.add(instance);
    Triggering server =
        new Triggering(database.pool(), rows, table, Evaluators.standard(), instance.number());
    opened.add(server);
    server.start();
    return server;
  }

  void save(String document) throws Exception {
    TriggerRule rule = TriggerRule.read(document, "t.yaml");
    String check = rule.check() == null ? null : "wf-check";
    Triggers.NewTrigger trigger =
        new Triggers.NewTrigger(
            "default", "ann", document, "wf-1", check, rule.decide() == null ? null : "d-1", rule);
    assertThat(triggers.save(trigger, false)).isPresent();
  }

  static CloudEvent event(String id, String subject) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create("/gauges"))
        .withType("reading")
        .withSubject(subject)
        .build();
  }

  static List<CloudEvent> events(int count) {
    return IntStream.range(0, count).mapToObj(i -> event("e" + i, "s" + i)).toList();
  }

  List<Firing> all() throws IOException {
    return firings.page("default", query(null), 10_000).reversed();
  }

  static Firings.Query query(String state) {
    return new Firings.Query(null, null, state, null, null, null, null, null);
  }

  List<String> states() throws IOException {
    return all().stream().map(Firing::state).toList();
  }

  void awaitStates(String... states) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(states()).containsExactly(states));
  }
}
