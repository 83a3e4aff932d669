package io.twinflow.triggers.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The inbox on a real PostgreSQL. */
class InboxIT {

  private static final Sender ANN = new Sender("default", "ann");
  private static final Sender BOB = new Sender("default", "bob");
  private static final Inbox.Query ALL = new Inbox.Query(null, null, null, null, null);

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private Inbox inbox;

  @BeforeEach
  void open() {
    inbox = new Inbox(database.pool());
  }

  private static CloudEvent event(String source, String id) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create(source))
        .withType("io.example.reading")
        .withSubject("gauge/" + id)
        .withTime(OffsetDateTime.parse("2026-11-21T12:00:00.123456+01:00"))
        .withExtension("sequence", 7)
        .withData("text/csv", "a,b\n".getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private List<KeptEvent> all() throws Exception {
    return inbox.page("default", ALL, 100_000);
  }

  @Test
  void whatWasKeptIsReadAsItCame() throws Exception {
    CloudEvent event = event("/gauges", "1");
    assertThat(inbox.keep(ANN, List.of(event))).containsExactly(true);
    KeptEvent listed = all().getFirst();
    assertThat(listed.event().getId()).isEqualTo("1");
    assertThat(listed.event().getData()).isNull();
    assertThat(listed.bytes()).isEqualTo(4);
    KeptEvent found = inbox.find("default", listed.number()).orElseThrow();
    assertThat(found.event()).isEqualTo(event);
    assertThat(found.sender()).isEqualTo("ann");
    assertThat(inbox.find("other", listed.number())).isEmpty();
  }

  /** The sources /a and /ab, and two events of one moment, are four events. */
  @Test
  void anEventIsItsSendersSourceAndId() throws Exception {
    List<CloudEvent> events =
        List.of(event("/a", "b1"), event("/ab", "1"), event("/a", "b2"), event("/a", "b1"));
    assertThat(inbox.keep(ANN, events)).containsExactly(true, true, true, false);
    assertThat(inbox.keep(ANN, events)).containsOnly(false);
    assertThat(inbox.keep(BOB, events)).containsExactly(true, true, true, false);
    assertThat(inbox.keep(new Sender("other", "ann"), events)).contains(true);
    assertThat(all()).hasSize(6);
  }

  @Test
  void theOrderOfASenderIsKept() throws Exception {
    List<CloudEvent> events =
        IntStream.range(0, 1000).mapToObj(i -> event("/a", Integer.toString(i))).toList();
    inbox.keep(ANN, events);
    List<String> ids = all().stream().map(kept -> kept.event().getId()).toList();
    assertThat(ids).isEqualTo(events.stream().map(CloudEvent::getId).toList().reversed());
  }

  /** Each of many senders sends all of them, in another order, over two servers. */
  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void tenThousandCopiesAreKeptOnce(int different) throws Exception {
    Inbox[] servers = {inbox, new Inbox(database.pool())};
    List<Callable<Long>> senders = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      List<CloudEvent> events =
          new ArrayList<>(
              IntStream.range(0, 100)
                  .mapToObj(n -> event("/a", Integer.toString(n % different)))
                  .toList());
      Collections.shuffle(events, new Random(i));
      Inbox server = servers[i % 2];
      senders.add(() -> server.keep(ANN, events).stream().filter(Boolean::booleanValue).count());
    }
    long kept = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<Long> sent : threads.invokeAll(senders)) {
        kept += sent.get();
      }
    }
    assertThat(kept).isEqualTo(different);
    assertThat(all()).hasSize(different);
  }

  @Test
  void whatIsTooLargeIsRefusedWithAllThatCameWithIt() throws Exception {
    CloudEvent large =
        CloudEventBuilder.from(event("/a", "2")).withData(new byte[Inbox.MOST_DATA + 1]).build();
    assertThatThrownBy(() -> inbox.keep(ANN, List.of(event("/a", "1"), large)))
        .isInstanceOfSatisfying(
            MalformedEventException.class, e -> assertThat(e.attribute()).isEqualTo("[1].data"))
        .hasMessageContainingAll("1048576", "1048577", "dataref");
    assertThat(all()).isEmpty();
  }

  @Test
  void pagesAndFiltersNameWhatIsAskedFor() throws Exception {
    inbox.keep(ANN, List.of(event("/a", "1"), event("/b", "2"), event("/a", "3")));
    inbox.keep(BOB, List.of(event("/a", "4")));
    assertThat(ids(new Inbox.Query("ann", "/a", null, null, null))).containsExactly("3", "1");
    assertThat(ids(new Inbox.Query(null, null, "io.example.reading", "gauge/4", null)))
        .containsExactly("4");
    assertThat(ids(new Inbox.Query(null, null, "other", null, null))).isEmpty();
    long third = all().get(1).number();
    assertThat(ids(new Inbox.Query(null, null, null, null, third))).containsExactly("2", "1");
  }

  private List<String> ids(Inbox.Query query) throws Exception {
    return inbox.page("default", query, 10).stream().map(kept -> kept.event().getId()).toList();
  }
}
