package io.twinflow.engine.postgres.queue;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All limits of a tenant at one moment. */
public record Bounds(List<Bound> all) {

  public Bounds {
    all = List.copyOf(all);
  }

  /** As the database has them now, in the order of their names. */
  public static Bounds read(Sql sql, String tenant) throws IOException {
    return new Bounds(
        sql.list(
            "SELECT kind, name, runs, tasks, queued FROM bound WHERE tenant = ? ORDER BY 1, 2",
            row ->
                new Bound(
                    Bound.Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                    row.getString(2),
                    row.getObject(3, Integer.class),
                    row.getObject(4, Integer.class),
                    row.getObject(5, Integer.class)),
            tenant));
  }

  /** In the place of what was set for the same thing. */
  public static void set(Sql sql, String tenant, Bound bound) throws IOException {
    sql.change(
        """
        INSERT INTO bound (tenant, kind, name, runs, tasks, queued) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (tenant, kind, name) DO UPDATE SET
          runs = excluded.runs, tasks = excluded.tasks, queued = excluded.queued
        """,
        tenant,
        bound.kind().word(),
        bound.name(),
        bound.runs(),
        bound.tasks(),
        bound.queued());
  }

  /** False if nothing was set. */
  public static boolean remove(Sql sql, String tenant, Bound.Kind kind, String name)
      throws IOException {
    return sql.change(
            "DELETE FROM bound WHERE tenant = ? AND kind = ? AND name = ?",
            tenant,
            kind.word(),
            name)
        > 0;
  }

  /** Runs that may have been started and not ended; {@link Integer#MAX_VALUE} for no limit. */
  public int runs(Bound.Kind kind, String name) {
    return most(kind, name, Bound::runs);
  }

  /** Tasks that may be at sites; {@link Integer#MAX_VALUE} for no limit. */
  public int tasks(Bound.Kind kind, String name) {
    return most(kind, name, Bound::tasks);
  }

  public boolean limitTasks() {
    return all.stream().anyMatch(bound -> bound.tasks() != null);
  }

  private int most(Bound.Kind kind, String name, Function<Bound, @Nullable Integer> what) {
    Integer own = find(kind, name, what);
    Integer any = own == null ? find(kind, Bound.ANY, what) : own;
    return any == null ? Integer.MAX_VALUE : any;
  }

  private @Nullable Integer find(
      Bound.Kind kind, String name, Function<Bound, @Nullable Integer> what) {
    for (Bound bound : all) {
      if (bound.kind() == kind && bound.name().equals(name)) {
        return what.apply(bound);
      }
    }
    return null;
  }
}
