package io.twinflow.triggers.source;

import io.cloudevents.CloudEvent;
import io.twinflow.triggers.inbox.Arrival;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.inbox.Sender;
import io.twinflow.triggers.s3.S3Object;
import io.twinflow.triggers.source.bucket.Bucket;
import io.twinflow.triggers.source.bucket.CompareObjects;
import io.twinflow.triggers.source.bucket.FoundObject;
import io.twinflow.triggers.source.bucket.ListedObject;
import io.twinflow.triggers.source.bucket.ListingPart;
import io.twinflow.triggers.source.bucket.ToldObjects;
import io.twinflow.triggers.source.bucket.ToldObjects.Content;
import io.twinflow.triggers.source.bucket.ToldObjects.Told;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The inbox for notifications of a bucket that is listed too: what both tell of is one event,
 * whichever comes first.
 */
final class SweptInbox {

  private final Inbox inbox;
  private final Sender sender;
  private final Bucket bucket;
  private final ToldObjects told;

  SweptInbox(Inbox inbox, Sender sender, Bucket bucket) {
    this.inbox = inbox;
    this.sender = sender;
    this.bucket = bucket;
    this.told = new ToldObjects(sender, bucket.name());
  }

  /** What a notification tells of an object that was made. */
  private record Made(Content content, Instant at) {}

  /** For each whether it is new. */
  List<Boolean> keep(List<Arrival> arrivals, Inbox.Along along) throws IOException {
    List<Optional<Made>> made = arrivals.stream().map(this::made).toList();
    return inbox
        .sql()
        .inTransaction(connection -> {
          told.lockForNotifications(connection);
          List<String> keys =
              made.stream().flatMap(Optional::stream).map(one -> one.content().key()).toList();
          Map<Content, Told> before = told.of(connection, keys);
          List<Boolean> kept = keepUnknown(connection, arrivals, made, before);
          told.store(connection, newest(made, before));
          along.on(connection);
          return kept;
        });
  }

  private List<Boolean> keepUnknown(
      Connection connection,
      List<Arrival> arrivals,
      List<Optional<Made>> made,
      Map<Content, Told> before)
      throws SQLException {
    List<Arrival> unknown = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < arrivals.size(); i++) {
      if (made.get(i)
          .filter(one -> CompareObjects.wasFound(one.at(), before.get(one.content())))
          .isEmpty()) {
        unknown.add(arrivals.get(i));
        places.add(i);
      }
    }
    List<Boolean> news = Inbox.keep(connection, sender, unknown);
    List<Boolean> kept = new ArrayList<>(Collections.nCopies(arrivals.size(), false));
    for (int i = 0; i < places.size(); i++) {
      kept.set(places.get(i), news.get(i));
    }
    return kept;
  }

  /** Notifications come out of order, and twice. */
  private static Map<Content, Told> newest(List<Optional<Made>> made, Map<Content, Told> before) {
    Map<Content, Told> newest = new HashMap<>();
    for (Made one : made.stream().flatMap(Optional::stream).toList()) {
      Told known = newest.getOrDefault(one.content(), before.get(one.content()));
      if (known == null || one.at().isAfter(known.made())) {
        newest.put(one.content(), new Told(one.at(), found(one, known)));
      }
    }
    return newest;
  }

  private static @Nullable Instant found(Made one, @Nullable Told known) {
    return known != null && CompareObjects.wasFound(one.at(), known) ? known.found() : null;
  }

  private Optional<Made> made(Arrival arrival) {
    CloudEvent event = arrival.event();
    OffsetDateTime time = event.getTime();
    if (arrival.refused() != null || time == null || !S3Object.isMade(event)) {
      return Optional.empty();
    }
    return S3Object.of(event)
        .filter(object -> object.bucket().equals(bucket.name()))
        .filter(object -> object.key().startsWith(bucket.prefix()))
        .map(object -> new Made(new Content(object.key(), object.etag()), time.toInstant()));
  }

  /**
   * Keeps an event for each object that nobody has told.
   *
   * @return how many there were
   */
  int keepNew(ListingPart part) throws IOException {
    Compared compared = inbox.sql().with(connection -> compare(connection, part));
    if (compared.isEmpty()) {
      return 0;
    }
    return inbox
        .sql()
        .inTransaction(connection -> {
          told.lockForListing(connection);
          Compared now = compare(connection, part);
          Map<Content, Told> found = new HashMap<>();
          for (ListedObject object : now.news()) {
            found.put(object.content(), new Told(object.modified(), part.listed()));
          }
          told.store(connection, found);
          told.forget(connection, now.gone(), part.settled());
          List<Arrival> arrivals =
              now.news().stream()
                  .map(object -> Arrival.of(FoundObject.event(bucket, object)))
                  .toList();
          return (int) Inbox.keep(connection, sender, arrivals).stream().filter(is -> is).count();
        });
  }

  private record Compared(List<ListedObject> news, List<Content> gone) {
    boolean isEmpty() {
      return news.isEmpty() && gone.isEmpty();
    }
  }

  private Compared compare(Connection connection, ListingPart part)
      throws SQLException, IOException {
    Map<Content, Told> known = told.between(connection, part.after(), part.to());
    return new Compared(CompareObjects.news(part, known), CompareObjects.gone(part, known));
  }
}
