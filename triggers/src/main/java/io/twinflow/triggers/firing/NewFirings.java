package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.rule.Collect;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came of asking the triggers about some events, until it is written down. */
final class NewFirings {

  private static final Duration NEVER = Duration.ofDays(36_500);

  private final Connection connection;
  private final List<Long> matched = new ArrayList<>();
  private final List<Long> unmatched = new ArrayList<>();
  private final Map<Long, String> refused = new LinkedHashMap<>();
  private final List<One> alone = new ArrayList<>();
  private final Map<Group, List<Part>> together = new LinkedHashMap<>();

  NewFirings(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param reason why it is dead; null if it is to make a run
   */
  private record One(Trigger trigger, Part part, @Nullable String reason) {}

  private record Group(Trigger trigger, String key) {}

  /**
   * An event of a firing.
   *
   * @param item which of those that are waited for; null if none is
   * @param chain see {@link Chain}
   */
  record Part(long event, @Nullable String item, int chain) {}

  void asked(long event, boolean any) {
    (any ? matched : unmatched).add(event);
  }

  void refuse(long event, String reason) {
    refused.put(event, reason);
  }

  void add(Trigger trigger, String key, Part part) {
    if (trigger.rule().collect() == null) {
      alone.add(new One(trigger, part, null));
    } else {
      together.computeIfAbsent(new Group(trigger, key), group -> new ArrayList<>()).add(part);
    }
  }

  void dead(Trigger trigger, Part part, String reason) {
    alone.add(new One(trigger, part, reason));
  }

  /**
   * @return how many events that was
   */
  int write() throws SQLException, IOException {
    mark("matched", matched);
    mark("unmatched", unmatched);
    for (Map.Entry<Long, String> each : refused.entrySet()) {
      Sql.run(
          connection,
          "UPDATE event SET state = 'refused', reason = ? WHERE id = ?",
          each.getValue(),
          each.getKey());
    }
    writeAlone();
    for (Map.Entry<Group, List<Part>> group : together.entrySet()) {
      collect(group.getKey(), group.getValue());
    }
    return matched.size() + unmatched.size() + refused.size();
  }

  private void mark(String state, List<Long> events) throws SQLException {
    if (!events.isEmpty()) {
      Sql.run(
          connection,
          "UPDATE event SET state = ? WHERE id = ANY (?)",
          state,
          events.toArray(Long[]::new));
    }
  }

  /** Numbers first, so that firings and events are two statements however many there are. */
  private void writeAlone() throws SQLException, IOException {
    if (alone.isEmpty()) {
      return;
    }
    Long[] numbers =
        Sql.list(
                connection,
                """
                SELECT nextval(pg_get_serial_sequence('firing', 'id')) FROM generate_series(1, ?)
                """,
                row -> row.getLong(1),
                alone.size())
            .stream()
            .sorted()
            .toArray(Long[]::new);
    Sql.run(
        connection,
        """
        INSERT INTO firing (id, tenant, trigger, version, subject, state, reason, events, chain)
        OVERRIDING SYSTEM VALUE
        SELECT id, tenant, trigger, version, subject,
          CASE WHEN reason IS NULL THEN 'waiting' ELSE 'dead' END, reason, 1, chain
        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[], ?::int[])
          AS f (id, tenant, trigger, version, subject, reason, chain)
        """,
        numbers,
        texts(one -> one.trigger().tenant()),
        texts(one -> one.trigger().name()),
        alone.stream().map(one -> one.trigger().version()).toArray(Integer[]::new),
        texts(one -> one.trigger().subject()),
        alone.stream().map(One::reason).toArray(String[]::new),
        alone.stream().map(one -> one.part().chain()).toArray(Integer[]::new));
    Sql.run(
        connection,
        "INSERT INTO firing_event SELECT * FROM unnest(?::bigint[], ?::bigint[])",
        numbers,
        alone.stream().map(one -> one.part().event()).toArray(Long[]::new));
  }

  private String[] texts(Function<One, String> text) {
    return alone.stream().map(text).toArray(String[]::new);
  }

  /** Into the open firing of the same key, and into further ones when it is full. */
  private void collect(Group group, List<Part> events) throws SQLException, IOException {
    Collect collect = Objects.requireNonNull(group.trigger().rule().collect());
    // What waits for certain events is looked at after each of them.
    int most = collect.all().isEmpty() ? collect.count() : 1;
    List<Part> left = new ArrayList<>(events);
    while (!left.isEmpty()) {
      Open open = open(group, collect);
      int room = Math.min(Math.min(left.size(), most), collect.count() - open.events());
      List<Part> now = left.subList(0, room);
      Sql.run(
          connection,
          "INSERT INTO firing_event SELECT ?, * FROM unnest(?::bigint[], ?::text[])",
          open.firing(),
          now.stream().map(Part::event).toArray(Long[]::new),
          now.stream().map(Part::item).toArray(String[]::new));
      boolean full =
          collect.all().isEmpty()
              ? open.events() + room >= collect.count()
              : Items.areAllThere(connection, open.firing(), collect);
      Sql.run(
          connection,
          """
          UPDATE firing SET events = events + ?, chain = greatest(chain, ?), changed = now(),
            state = CASE WHEN ? THEN 'waiting' ELSE state END,
            due = CASE WHEN ? THEN now()
              ELSE least(created + make_interval(secs => ?), now() + make_interval(secs => ?)) END
          WHERE id = ?
          """,
          room,
          now.stream().mapToInt(Part::chain).max().orElse(0),
          full,
          full,
          seconds(collect.within()),
          seconds(collect.quiet()),
          open.firing());
      now.clear();
    }
  }

  private record Open(long firing, int events) {}

  private Open open(Group group, Collect collect) throws SQLException, IOException {
    Trigger trigger = group.trigger();
    List<Open> found =
        Sql.list(
            connection,
            """
            SELECT id, events FROM firing
            WHERE tenant = ? AND trigger = ? AND key = ? AND version = ? AND state = 'collecting'
            ORDER BY id LIMIT 1 FOR UPDATE
            """,
            row -> new Open(row.getLong(1), row.getInt(2)),
            trigger.tenant(),
            trigger.name(),
            group.key(),
            trigger.version());
    if (!found.isEmpty() && found.getFirst().events() < collect.count()) {
      return found.getFirst();
    }
    return Sql.list(
            connection,
            """
            INSERT INTO firing (tenant, trigger, version, subject, key, state)
            VALUES (?, ?, ?, ?, ?, 'collecting') RETURNING id, 0
            """,
            row -> new Open(row.getLong(1), row.getInt(2)),
            trigger.tenant(),
            trigger.name(),
            trigger.version(),
            trigger.subject(),
            group.key())
        .getFirst();
  }

  private static double seconds(@Nullable Duration duration) {
    return duration == null ? NEVER.toSeconds() : duration.toMillis() / 1e3;
  }
}
