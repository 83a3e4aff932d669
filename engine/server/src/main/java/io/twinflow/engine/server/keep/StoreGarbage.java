package io.twinflow.engine.server.keep;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.ArtifactStore.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds and removes what lies in an object store and no run names: files of runs that are gone,
 * uploads, fetched inputs. Only keys as this program makes them are looked at, and only where the
 * store is this database's. A store that is the data folder itself is not looked at.
 */
@Component
final class StoreGarbage {

  /** Of uploads and inputs: these are there before the run that names them. */
  static final Duration BEFORE_A_RUN = Duration.ofDays(1);

  /** Tenant, subject, then what lies below one name, which is all of what the two say. */
  private static final Pattern KEY =
      Pattern.compile("(default/[^/]+/((runs|uploads|inputs)/([A-Za-z0-9._-]+)))/.+");

  private final ArtifactStore store;
  private final StoreOwner owner;
  private final FindReferences find;
  private final JdbcClient database;

  private static final class Sum {
    long bytes;
    boolean young;
  }

  StoreGarbage(ArtifactStore store, StoreOwner owner, FindReferences find, DataSource database) {
    this.store = store;
    this.owner = owner;
    this.find = find;
    this.database = JdbcClient.create(database);
  }

  /**
   * @param grace since when files of runs are there, at least; of others it is a day
   */
  List<Garbage> find(Duration grace) throws IOException {
    if (!store.isShared() || !owner.isThisDatabase()) {
      return List.of();
    }
    // What is there is looked at before what is named: what is named later is younger.
    Map<String, Sum> names = new HashMap<>();
    Instant now = Instant.now();
    each(
        "default/",
        stored -> {
          Matcher key = KEY.matcher(stored.key().text());
          if (key.matches()) {
            Sum sum = names.computeIfAbsent(key.group(1), _ -> new Sum());
            Duration least = key.group(3).equals("runs") ? grace : max(grace, BEFORE_A_RUN);
            sum.bytes += stored.size();
            sum.young |= !stored.modified().isBefore(now.minus(least));
          }
        });
    Predicate<String> named = named();
    List<Garbage> found = new ArrayList<>();
    names.forEach((name, sum) -> {
      Matcher key = KEY.matcher(name + "/x");
      if (!sum.young && key.matches() && !named.test(key.group(2))) {
        found.add(new Garbage(Garbage.Kind.STORED, name, sum.bytes, "no run names it"));
      }
    });
    return found;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** By {@code runs/RUN}, {@code uploads/NAME} or {@code inputs/NAME}. */
  private Predicate<String> named() throws IOException {
    find.lookAtEnded();
    Set<String> stored = find.stored();
    Set<String> runs =
        new HashSet<>(
            database.sql("SELECT id FROM run").query((row, number) -> row.getString(1)).list());
    References references = find.references(Set.of());
    return name -> {
      String last = name.substring(name.indexOf('/') + 1);
      return name.startsWith("runs/")
          ? !RunId.isValid(last) || runs.contains(last) || references.keepsFiles(last)
          : stored.contains(name);
    };
  }

  /** Everything below the name that has not been put anew since it was listed. */
  void remove(Garbage garbage) throws IOException {
    List<Stored> all = new ArrayList<>();
    each(garbage.name() + "/", all::add);
    for (Stored stored : all) {
      Optional<Stored> now = store.find(stored.key());
      if (now.isPresent() && second(now.get()).equals(second(stored))) {
        store.delete(stored.key());
      }
    }
  }

  /** Stores tell times in lists more exactly than of single objects. */
  private static Instant second(Stored stored) {
    return stored.modified().truncatedTo(ChronoUnit.SECONDS);
  }

  private void each(String prefix, Consumer<Stored> seen) throws IOException {
    try (Stream<Stored> all = store.list(prefix)) {
      all.forEach(seen);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
