package io.twinflow.triggers.firing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.triggers.rule.TriggerRule;
import io.twinflow.workflowdefs.expression.Evaluators;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose firings are taken first, on a real PostgreSQL. */
class FairClaimsIT {

  private static final String TENANT = "default";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private ClaimFirings claim;

  /** Names runs, and makes none. */
  private static final class Names implements RunMaker {
    private final AtomicInteger names = new AtomicInteger();

    @Override
    public String newRun() {
      return "run-" + names.incrementAndGet();
    }

    @Override
    public void make(Order order) {
      throw new AssertionError("nothing is made here");
    }

    @Override
    public Optional<String> tell(Told message) {
      throw new AssertionError("nobody is told here");
    }

    @Override
    public int signal(Told signal) {
      throw new AssertionError("nobody is told here");
    }

    @Override
    public void cancel(String tenant, String run, String reason) {
      throw new AssertionError("nothing is cancelled here");
    }
  }

  @BeforeEach
  void open() {
    claim = new ClaimFirings(database.pool(), new Names(), 1);
  }

  private void save(String subject, String more) throws Exception {
    String document =
        "{name: of-%s, filter: {type: reading}, workflow: w%s}".formatted(subject, more);
    TriggerRule rule = TriggerRule.read(document, "t.yaml");
    new Triggers(database.pool(), () -> {})
        .save(new Triggers.NewTrigger(TENANT, subject, document, "wf-1", null, null, rule), false);
  }

  /** So many that are due, one after the other. */
  private void due(String subject, int count) throws Exception {
    List<CloudEvent> events =
        IntStream.range(0, count)
            .mapToObj(i ->
                CloudEventBuilder.v1()
                    .withId(subject + i)
                    .withSource(URI.create("/gauges"))
                    .withType("reading")
                    .build())
            .toList();
    new Inbox(database.pool()).keep(new Sender(TENANT, subject), events);
    Dispatch dispatch = new Dispatch(database.pool(), Evaluators.standard());
    int asked = 0;
    while (asked < count) {
      asked += dispatch.next();
    }
  }

  private static Map<String, Long> bySubject(List<Claimed> claimed) {
    return claimed.stream()
        .collect(Collectors.groupingBy(each -> each.trigger().subject(), Collectors.counting()));
  }

  @Test
  void whoHasManyLeavesRoomForWhoHasOne() throws Exception {
    save("ann", "");
    save("bob", "");
    due("ann", 100);
    due("bob", 1);
    assertThat(bySubject(claim.next(List.of()))).isEqualTo(Map.of("ann", 25L, "bob", 1L));
  }

  @Test
  void whoComesLaterFindsRoom() throws Exception {
    save("ann", "");
    save("bob", "");
    due("ann", 100);
    List<Claimed> inHand = new ArrayList<>(claim.next(List.of()).subList(0, 24));
    inHand.addAll(claim.next(inHand));
    assertThat(inHand).hasSizeLessThan(50);
    due("bob", 1);
    assertThat(bySubject(claim.next(inHand))).isEqualTo(Map.of("bob", 1L));
  }

  @Test
  void subjectsTakeTurnsAndEachKeepsItsOrder() throws Exception {
    for (String subject : List.of("ann", "bob", "cid")) {
      save(subject, "");
      due(subject, 100);
    }
    List<Claimed> first = claim.next(List.of());
    assertThat(bySubject(first)).isEqualTo(Map.of("ann", 17L, "bob", 17L, "cid", 16L));
    assertThat(first).extracting(Claimed::id).isSorted();
    List<Claimed> ofCid = first.stream().filter(each -> each.id() > 200).toList();
    assertThat(ofCid)
        .extracting(Claimed::id)
        .isEqualTo(LongStream.rangeClosed(201, 216).boxed().toList());

    // Whoever has the least in hand is next.
    assertThat(bySubject(claim.next(first.subList(0, 34)))).isEqualTo(Map.of("cid", 16L));
  }

  /** Among many that are done, or wait for a run to end. */
  @Test
  void whatIsDueIsFoundByItsIndex() throws Exception {
    save("ann", "");
    save("bob", "");
    due("ann", 1);
    due("bob", 1);
    Sql sql = new Sql(database.pool());
    sql.change(
        """
        INSERT INTO firing (tenant, trigger, version, subject, state, due)
        SELECT tenant, trigger, version, subject, s.state, s.due::timestamptz FROM firing,
          (VALUES ('done', 'now'), ('waiting', 'infinity')) AS s (state, due), generate_series(1, 20000)
        """);
    sql.change("ANALYZE firing");
    List<String> plan =
        sql.list(
            "EXPLAIN " + ClaimFirings.FAIR,
            row -> row.getString(1),
            new String[] {"ann"},
            new Integer[] {1},
            25,
            25,
            50);
    assertThat(String.join("\n", plan)).contains("firing_due").doesNotContain("Seq Scan on firing");
    assertThat(bySubject(claim.next(List.of()))).isEqualTo(Map.of("ann", 1L, "bob", 1L));
  }
}
