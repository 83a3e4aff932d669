package io.twinflow.engine.server.queue;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.queue.Bound;
import io.twinflow.engine.postgres.queue.Bounds;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with to bound what people ask of it.
 *
 * @param limits as {@code OF/NAME/WHAT=N}; they go into the database, in the place of what it has
 * @param keepFreeMiB with less free disk no submission is taken
 */
public record StartLimits(List<String> limits, long keepFreeMiB) {

  public static final StartLimits NONE = new StartLimits(List.of(), 256);

  /** So many runs wait in a queue that nobody has limited yet. */
  private static final int MOST_QUEUED = 10_000;

  private static final String EXPECTED =
      "expected OF/NAME/WHAT=N, with site, subject or workflow, its name or *, and runs, tasks or queued; as in subject/*/tasks=8";

  public StartLimits {
    limits = List.copyOf(limits);
    limits.forEach(limit -> parse(limit, List.of()));
  }

  void into(Sql sql, String tenant) throws IOException {
    sql.change(
        """
        INSERT INTO bound (tenant, kind, name, queued) VALUES (?, 'site', '*', ?)
        ON CONFLICT DO NOTHING
        """,
        tenant,
        MOST_QUEUED);
    for (String limit : limits) {
      Bounds.set(sql, tenant, parse(limit, Bounds.read(sql, tenant).all()));
    }
  }

  /**
   * @param known what is limited already
   * @throws IllegalArgumentException if it is none
   */
  private static Bound parse(String text, List<Bound> known) {
    int equals = text.lastIndexOf('=');
    int what = text.lastIndexOf('/', Math.max(0, equals));
    int name = text.indexOf('/');
    if (name < 1 || what <= name + 1 || !text.substring(equals + 1).matches("[0-9]{1,9}")) {
      throw wrong(text);
    }
    Bound.Kind kind = kind(text, text.substring(0, name));
    String of = text.substring(name + 1, what);
    int most = Integer.parseInt(text.substring(equals + 1));
    Bound before =
        known.stream()
            .filter(bound -> bound.kind() == kind && bound.name().equals(of))
            .findFirst()
            .orElse(new Bound(kind, of, null, null, null));
    return changed(text, before, text.substring(what + 1, equals), most);
  }

  private static Bound changed(String text, Bound before, String what, @Nullable Integer most) {
    return switch (what) {
      case "runs" -> new Bound(before.kind(), before.name(), most, before.tasks(), before.queued());
      case "tasks" -> new Bound(before.kind(), before.name(), before.runs(), most, before.queued());
      case "queued" -> new Bound(before.kind(), before.name(), before.runs(), before.tasks(), most);
      default -> throw wrong(text);
    };
  }

  private static Bound.Kind kind(String text, String word) {
    for (Bound.Kind kind : Bound.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
        return kind;
      }
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException("--limit %s: %s".formatted(text, EXPECTED));
  }
}
