package io.twinflow.triggers.source.bucket;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a bucket's listing: all objects whose keys are behind {@code after} and not behind
 * {@code to}.
 *
 * @param after empty for the beginning
 * @param to null for the end
 * @param objects in the order of their keys' bytes
 * @param settled what was made later may still be told by its notification
 * @param listed when
 */
public record ListingPart(
    Bucket bucket,
    String after,
    @Nullable String to,
    List<ListedObject> objects,
    Instant settled,
    Instant listed) {
  public ListingPart {
    objects = List.copyOf(objects);
  }
}
