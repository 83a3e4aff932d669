package io.twinflow.triggers.source.bucket;

import io.twinflow.engine.postgres.Columns;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.inbox.Sender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which objects of a bucket a source has told. All of it is a part of somebody's transaction. */
public record ToldObjects(Sender source, String bucket) {

  /** The first half of the lock; the second one is the source. */
  private static final int LOCK = 0x7477_7377;

  private static final Comparator<Content> ORDER =
      Comparator.comparing(Content::key).thenComparing(Content::etag);

  private static final String READ =
      """
      SELECT key, etag, made, found FROM told_object
      WHERE tenant = ? AND source = ? AND bucket = ?
      """;
  private static final String STORE =
      """
      INSERT INTO told_object (tenant, source, bucket, key, etag, made, found)
      SELECT ?, ?, ?, * FROM unnest(?::bytea[], ?::text[], ?::timestamptz[], ?::timestamptz[])
      ON CONFLICT (tenant, source, bucket, key, etag) DO UPDATE
      SET made = excluded.made, found = excluded.found
      """;
  private static final String FORGET =
      """
      DELETE FROM told_object USING unnest(?::bytea[], ?::text[]) AS gone (key, etag)
      WHERE tenant = ? AND source = ? AND bucket = ? AND told_object.key = gone.key
        AND told_object.etag = gone.etag AND made < ?
      """;

  /** What an object is or was. */
  public record Content(String key, String etag) {}

  /**
   * @param made as its newest notification, or the listing, has it
   * @param found when a listing found it of which no notification had come; null for others
   */
  public record Told(Instant made, @Nullable Instant found) {}

  /** Until the end of the transaction: many tell notifications at one time. */
  public void lockForNotifications(Connection connection) throws SQLException {
    Sql.run(connection, "SELECT pg_advisory_xact_lock_shared(?, hashtext(?))", LOCK, name());
  }

  /** Until the end of the transaction: nobody tells anything else meanwhile. */
  public void lockForListing(Connection connection) throws SQLException {
    Sql.run(connection, "SELECT pg_advisory_xact_lock(?, hashtext(?))", LOCK, name());
  }

  private String name() {
    return source.tenant() + '/' + source.subject();
  }

  /**
   * @param after empty for the beginning
   * @param to null for the end
   */
  public Map<Content, Told> between(Connection connection, String after, @Nullable String to)
      throws SQLException, IOException {
    return to == null
        ? read(connection, READ + " AND key > ?", (Object) bytes(after))
        : read(connection, READ + " AND key > ? AND key <= ?", bytes(after), bytes(to));
  }

  public Map<Content, Told> of(Connection connection, Collection<String> keys)
      throws SQLException, IOException {
    return read(connection, READ + " AND key = ANY(?)", (Object) array(keys));
  }

  private Map<Content, Told> read(Connection connection, String query, Object... more)
      throws SQLException, IOException {
    List<Object> parameters = new ArrayList<>(List.of(source.tenant(), source.subject(), bucket));
    parameters.addAll(List.of(more));
    Map<Content, Told> told = new LinkedHashMap<>();
    Sql.list(connection, query, row -> told.put(content(row), told(row)), parameters.toArray());
    return told;
  }

  private static Content content(ResultSet row) throws SQLException {
    return new Content(new String(row.getBytes(1), StandardCharsets.UTF_8), row.getString(2));
  }

  private static Told told(ResultSet row) throws SQLException {
    Timestamp found = row.getTimestamp(4);
    return new Told(row.getTimestamp(3).toInstant(), found == null ? null : found.toInstant());
  }

  /** In the order of the keys, so that two who store the same do not wait for each other. */
  public void store(Connection connection, Map<Content, Told> told) throws SQLException {
    if (told.isEmpty()) {
      return;
    }
    List<Map.Entry<Content, Told>> rows =
        told.entrySet().stream().sorted(Map.Entry.comparingByKey(ORDER)).toList();
    try (PreparedStatement store = connection.prepareStatement(STORE)) {
      Columns<Map.Entry<Content, Told>> columns = new Columns<>(connection, store, rows);
      columns.text(source.tenant());
      columns.text(source.subject());
      columns.text(bucket);
      columns.addBytes(row -> bytes(row.getKey().key()));
      columns.add("text", row -> row.getKey().etag());
      columns.add("timestamptz", row -> Timestamp.from(row.getValue().made()));
      columns.add("timestamptz", row -> timestamp(row.getValue().found()));
      store.executeUpdate();
    }
  }

  /** Those of them that nobody has told anew. */
  public void forget(Connection connection, List<Content> contents, Instant before)
      throws SQLException {
    if (!contents.isEmpty()) {
      Sql.change(
          connection,
          FORGET,
          array(contents.stream().map(Content::key).toList()),
          contents.stream().map(Content::etag).toArray(String[]::new),
          source.tenant(),
          source.subject(),
          bucket,
          Timestamp.from(before));
    }
  }

  private static byte[][] array(Collection<String> keys) {
    return keys.stream().map(ToldObjects::bytes).toArray(byte[][]::new);
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable Timestamp timestamp(@Nullable Instant time) {
    return time == null ? null : Timestamp.from(time);
  }
}
