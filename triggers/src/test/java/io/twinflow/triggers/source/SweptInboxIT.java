package io.twinflow.triggers.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import io.twinflow.triggers.inbox.Arrival;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.triggers.s3.S3Notification;
import io.twinflow.triggers.s3.S3Object;
import io.twinflow.triggers.source.bucket.Bucket;
import io.twinflow.triggers.source.bucket.ListedObject;
import io.twinflow.triggers.source.bucket.ListingPart;
import io.twinflow.triggers.source.bucket.TestListing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Notifications and listings of the same objects, on a real PostgreSQL. */
class SweptInboxIT {

  private static final Sender SENDER = new Sender("default", "source:scenes");
  private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");
  private static final Inbox.Query ALL = new Inbox.Query(null, null, null, null, null);

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private final Bucket bucket = new TestListing();
  private Inbox inbox;
  private SweptInbox swept;

  @BeforeEach
  void open() {
    inbox = new Inbox(database.pool());
    swept = new SweptInbox(inbox, SENDER, bucket);
  }

  private static Arrival told(String name, String key, String etag, Instant at) {
    String body =
        """
        {"Records": [{"eventSource": "ceph:s3", "eventName": "%s", "eventTime": "%s",
          "s3": {"bucket": {"name": "scenes"},
            "object": {"key": "%s", "eTag": "%s", "size": 1, "sequencer": "%s"}}}]}
        """
            .formatted(name, at, key, etag, Long.toString(at.toEpochMilli(), 16));
    try {
      return Arrival.of(S3Notification.read(body.getBytes(StandardCharsets.UTF_8)).getFirst());
    } catch (MalformedEventException e) {
      throw new AssertionError(e);
    }
  }

  private static Arrival put(String key, String etag, Instant at) {
    return told("ObjectCreated:Put", key, etag, at);
  }

  private List<Boolean> keep(Arrival... arrivals) throws IOException {
    return swept.keep(List.of(arrivals), connection -> {});
  }

  private static ListedObject object(String key, String etag, Instant at) {
    return new ListedObject(key, 1, at, etag);
  }

  /** A listing of all, so late that all is settled. */
  private int list(Instant listed, ListedObject... objects) throws IOException {
    return swept.keepNew(
        new ListingPart(
            bucket, "", null, List.of(objects), listed.minus(Duration.ofMinutes(1)), listed));
  }

  private int events() throws IOException {
    return inbox.page("default", ALL, 1000).size();
  }

  @Test
  void whatWasToldIsNotFound() throws Exception {
    assertThat(keep(put("a", "1", T), put("b", "1", T))).containsExactly(true, true);
    assertThat(list(T.plusSeconds(600), object("a", "1", T), object("b", "1", T))).isZero();
    assertThat(events()).isEqualTo(2);
  }

  @Test
  void whatNobodyToldIsFoundOnceAndLooksAsIfItHadBeenTold() throws Exception {
    ListedObject found = object("raw/a b+ü.csv", "1", T);
    assertThat(list(T.plusSeconds(600), found)).isEqualTo(1);
    assertThat(list(T.plusSeconds(1200), found)).isZero();
    var event = inbox.page("default", ALL, 10).getFirst().event();
    assertThat(event.getType()).isEqualTo("com.amazonaws.s3.ObjectCreated:Sweep");
    assertThat(event.getSource()).hasToString("twinflow:s3.here.scenes");
    assertThat(event.getTime()).isEqualTo("2026-11-21T10:00:00Z");
    long number = inbox.page("default", ALL, 10).getFirst().number();
    var whole = inbox.find("default", number).orElseThrow().event();
    var object = S3Object.of(whole).orElseThrow();
    assertThat(object.key()).isEqualTo("raw/a b+ü.csv");
    assertThat(object.etag()).isEqualTo("1");
  }

  @Test
  void whatIsToldLaterThanItWasFoundIsKnown() throws Exception {
    list(T.plusSeconds(600), object("a", "1", T));
    assertThat(keep(put("a", "1", T), put("a", "1", T))).containsExactly(false, false);
    // A large object: its upload began when the listing says, and ended when the notification says.
    assertThat(keep(put("a", "1", T.plusSeconds(300)))).containsExactly(false);
    assertThat(events()).isEqualTo(1);
    // Written again since, with the same content.
    assertThat(keep(put("a", "1", T.plusSeconds(700)))).containsExactly(true);
    assertThat(list(T.plusSeconds(900), object("a", "1", T.plusSeconds(700)))).isZero();
    assertThat(events()).isEqualTo(2);
  }

  @Test
  void anotherContentIsAnotherEvent() throws Exception {
    keep(put("a", "1", T));
    assertThat(list(T.plusSeconds(600), object("a", "2", T.plusSeconds(5)))).isEqualTo(1);
    // What was there before the one that was found, told late: it happened all the same.
    assertThat(keep(put("a", "0", T.minusSeconds(9)))).containsExactly(true);
    assertThat(keep(put("a", "2", T.plusSeconds(5)))).containsExactly(false);
    assertThat(events()).isEqualTo(3);
    // What was found is remembered when another content is there.
    list(T.plusSeconds(900), object("a", "3", T.plusSeconds(700)));
    assertThat(keep(put("a", "2", T.plusSeconds(5)))).containsExactly(false);
    assertThat(events()).isEqualTo(4);
    list(T.plus(Duration.ofDays(9)), object("a", "3", T.plusSeconds(700)));
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void theSameContentThatWasWrittenAgainIsFound() throws Exception {
    keep(put("a", "1", T));
    assertThat(list(T.plusSeconds(600), object("a", "1", T.plusSeconds(60)))).isEqualTo(1);
  }

  @Test
  void whatIsNewIsLeftToItsNotification() throws Exception {
    assertThat(list(T.plusSeconds(30), object("a", "1", T))).isZero();
    assertThat(keep(put("a", "1", T))).containsExactly(true);
    assertThat(list(T.plusSeconds(600), object("a", "1", T))).isZero();
  }

  @Test
  void removalsAndTagsAreNoObjects() throws Exception {
    assertThat(
            keep(told("ObjectRemoved:Delete", "a", "1", T), told("ObjectTagging:Put", "b", "1", T)))
        .containsExactly(true, true);
    assertThat(list(T.plusSeconds(600), object("a", "1", T), object("b", "1", T))).isEqualTo(2);
  }

  @Test
  void whatIsGoneIsForgottenSoThatItMayComeBack() throws Exception {
    keep(put("a", "1", T), put("b", "1", T));
    list(T.plusSeconds(600), object("b", "1", T));
    assertThat(rows()).isEqualTo(1);
    assertThat(list(T.plusSeconds(900), object("a", "1", T), object("b", "1", T))).isEqualTo(1);
  }

  private long rows() throws IOException {
    return inbox.sql().list("SELECT count(*) FROM told_object", row -> row.getLong(1)).getFirst();
  }

  @Test
  void aPartForgetsNothingOfTheOtherParts() throws Exception {
    keep(put("a", "1", T), put("m", "1", T), put("z", "1", T));
    Instant settled = T.plusSeconds(500);
    swept.keepNew(
        new ListingPart(
            bucket, "a", "m", List.of(object("m", "1", T)), settled, settled.plusSeconds(1)));
    assertThat(rows()).isEqualTo(3);
  }

  @Test
  void eachObjectIsOneEventWhoeverTellsItFirst() throws Exception {
    int count = 200;
    List<ListedObject> objects = new ArrayList<>();
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = "%04d".formatted(i);
      objects.add(object(key, "1", T));
      arrivals.add(put(key, "1", T));
      arrivals.add(put(key, "1", T));
    }
    Collections.shuffle(arrivals, new Random(7));
    List<Callable<Object>> work = new ArrayList<>();
    for (List<Arrival> some : parts(arrivals)) {
      work.add(() -> swept.keep(some, connection -> {}));
    }
    for (int i = 0; i < 4; i++) {
      work.add(
          work.size() / 2, () -> list(T.plusSeconds(600), objects.toArray(ListedObject[]::new)));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (Future<Object> each : threads.invokeAll(work)) {
        each.get();
      }
    }
    assertThat(events()).isEqualTo(count);
  }

  private static List<List<Arrival>> parts(List<Arrival> all) {
    List<List<Arrival>> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 10) {
      parts.add(all.subList(i, i + 10));
    }
    return parts;
  }
}
