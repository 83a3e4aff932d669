package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.bundle.remote.Fetches.Fetch;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Deletes the copies of engines' files that no attempt needs any more. A copy that is wanted again
 * after {@link #FRESH} is put anew, so that one older than {@link #KEPT} is wanted only by orders
 * that name it.
 */
public record UnusedInputs(ObjectPlace place) {

  private static final Duration FRESH = Duration.ofDays(7);
  private static final Duration KEPT = Duration.ofDays(14);
  private static final Pattern INPUT = Pattern.compile("sites/[^/]+/inputs/[0-9a-f]{64}");
  private static final Pattern ORDERED = Pattern.compile("sites/[^/]+/orders/[^/]+/inputs");

  /** Whether an order that is written now may name it. */
  static boolean isFresh(Optional<ObjectPlace.Found> input, Instant now) {
    return input.isPresent() && input.get().modified().isAfter(now.minus(FRESH));
  }

  /**
   * @return how many
   */
  public int delete(Instant now) throws IOException {
    List<ObjectPlace.Found> all = place.list("sites/");
    List<String> old =
        all.stream()
            .filter(found -> INPUT.matcher(found.name()).matches())
            .filter(found -> found.modified().isBefore(now.minus(KEPT)))
            .map(ObjectPlace.Found::name)
            .toList();
    if (old.isEmpty()) {
      return 0;
    }
    Set<String> named = named(all);
    int deleted = 0;
    for (String name : old) {
      if (!named.contains(name)) {
        place.delete(name);
        deleted++;
      }
    }
    return deleted;
  }

  private Set<String> named(List<ObjectPlace.Found> all) throws IOException {
    Set<String> named = new HashSet<>();
    for (ObjectPlace.Found found : all) {
      if (ORDERED.matcher(found.name()).matches()) {
        files(found.name()).stream().filter(Fetch::isPlaced).map(Fetch::where).forEach(named::add);
      }
    }
    return named;
  }

  /** An attempt that was released meanwhile needs none. */
  private List<Fetch> files(String note) throws IOException {
    try {
      return Fetches.read(place, note).files();
    } catch (NoSuchFileException released) {
      return List.of();
    }
  }
}
