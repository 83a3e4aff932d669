package io.twinflow.triggers.inbox;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.Together;
import io.twinflow.triggers.cloudevents.JsonFormat;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events from outside: an event is known by its sender, its source and its id (CloudEvents
 * 1.0.2, "id"), and kept once. Whoever sends at the same time shares a statement and a commit.
 */
public final class Inbox {

  /** Bytes of an event's data; what is larger is sent by reference. */
  public static final int MOST_DATA = 1 << 20;

  /** Events in one statement; together they may have as many MiB of data. */
  private static final int AT_ONCE = 100;

  private static final String COLUMNS =
      """
      SELECT id, sender, received, attributes, octet_length(data), %s, state, reason FROM event
      WHERE tenant = ? AND state <> 'forgotten'
      """;
  private static final String WITH_DATA = COLUMNS.formatted("data");
  private static final String WITHOUT_DATA = COLUMNS.formatted("NULL");

  private final Sql sql;
  private final Together<NewEvent, Boolean> keeping;

  public Inbox(DataSource database) {
    this.sql = new Sql(database);
    this.keeping = new Together<>(new KeepEvents(sql)::keep, AT_ONCE);
  }

  /**
   * Keeps events, in their order; they are durable when this returns. After an error some may be:
   * send all again, and those are known.
   *
   * @return for each whether it is new
   * @throws MalformedEventException if one is too large; then none is kept
   */
  public List<Boolean> keep(Sender sender, List<CloudEvent> events)
      throws IOException, MalformedEventException {
    for (int i = 0; i < events.size(); i++) {
      checkSize(events.get(i), events.size() > 1 ? "[%d].data".formatted(i) : "data");
    }
    return keepAll(sender, events.stream().map(Arrival::of).toList());
  }

  /** The same for events whose data is known to be small enough. */
  public List<Boolean> keepAll(Sender sender, List<Arrival> arrivals) throws IOException {
    return keeping.askAll(arrivals.stream().map(arrival -> NewEvent.of(sender, arrival)).toList());
  }

  /** What is done in the transaction in which events are kept. */
  public interface Along {
    void on(Connection connection) throws SQLException, IOException;
  }

  /** The same in one transaction with something else: both are durable, or neither. */
  public List<Boolean> keepAll(Sender sender, List<Arrival> arrivals, Along along)
      throws IOException {
    return sql.inTransaction(connection -> {
      List<Boolean> kept = keep(connection, sender, arrivals);
      along.on(connection);
      return kept;
    });
  }

  /** The same as a part of somebody's transaction. */
  public static List<Boolean> keep(Connection connection, Sender sender, List<Arrival> arrivals)
      throws SQLException {
    return KeepEvents.keep(
        connection, arrivals.stream().map(arrival -> NewEvent.of(sender, arrival)).toList());
  }

  /** Of the database that it is in. */
  public Sql sql() {
    return sql;
  }

  private static void checkSize(CloudEvent event, String name) throws MalformedEventException {
    CloudEventData data = event.getData();
    if (data != null && data.toBytes().length > MOST_DATA) {
      throw MalformedEventException.tooLarge(
          name,
          "expected at most %d bytes, found %d; keep them in a store and name them by the attribute dataref"
              .formatted(MOST_DATA, data.toBytes().length));
    }
  }

  /**
   * What is asked for. Null asks for all.
   *
   * @param sender only from this one
   * @param before only older ones than this, from the page before
   */
  public record Query(
      @Nullable String sender,
      @Nullable String source,
      @Nullable String type,
      @Nullable String subject,
      @Nullable Long before) {}

  /** The newest first, without their data. */
  public List<KeptEvent> page(String tenant, Query query, int most) throws IOException {
    StringBuilder statement = new StringBuilder(WITHOUT_DATA);
    List<Object> parameters = new ArrayList<>(List.of(tenant));
    and(statement, parameters, "sender = ?", query.sender());
    and(statement, parameters, "source = ?", query.source());
    and(statement, parameters, "type = ?", query.type());
    and(statement, parameters, "subject = ?", query.subject());
    and(statement, parameters, "id < ?", query.before());
    statement.append(" ORDER BY id DESC LIMIT ?");
    parameters.add(most);
    return sql.list(statement.toString(), Inbox::row, parameters.toArray());
  }

  private static void and(
      StringBuilder statement, List<Object> parameters, String condition, @Nullable Object value) {
    if (value != null) {
      statement.append(" AND ").append(condition);
      parameters.add(value);
    }
  }

  /** With its data. */
  public Optional<KeptEvent> find(String tenant, long number) throws IOException {
    return sql.list(WITH_DATA + " AND id = ?", Inbox::row, tenant, number).stream().findFirst();
  }

  private static KeptEvent row(ResultSet row) throws SQLException, IOException {
    String attributes = row.getString(4);
    try {
      return new KeptEvent(
          row.getLong(1),
          row.getString(2),
          row.getTimestamp(3).toInstant(),
          JsonFormat.read(attributes, row.getBytes(6)),
          row.getLong(5),
          row.getString(7),
          row.getString(8));
    } catch (MalformedEventException e) {
      throw new IOException("event %d cannot be read: %s".formatted(row.getLong(1), attributes), e);
    }
  }
}
