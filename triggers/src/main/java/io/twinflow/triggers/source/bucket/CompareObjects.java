package io.twinflow.triggers.source.bucket;

import io.twinflow.triggers.source.bucket.ToldObjects.Content;
import io.twinflow.triggers.source.bucket.ToldObjects.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a listing and notifications say of the same objects. An object is known by its key, and its
 * content by the ETag; a listing has no sequencer.
 */
public final class CompareObjects {

  /** By so much a store's clocks may differ, and listings may have seconds alone. */
  private static final Duration APART = Duration.ofSeconds(2);

  /** So long a store may keep a notification that it cannot deliver. */
  private static final Duration LATE = Duration.ofDays(7);

  private CompareObjects() {}

  /** The objects of which no notification has come. */
  public static List<ListedObject> news(ListingPart part, Map<Content, Told> told) {
    return part.objects().stream()
        .filter(object -> object.modified().isBefore(part.settled()))
        .filter(object -> !isTold(object, told.get(object.content())))
        .toList();
  }

  /** A store may say when the upload of a large object began, which is before it was told. */
  private static boolean isTold(ListedObject object, @Nullable Told told) {
    return told != null && !told.made().isBefore(object.modified().minus(APART));
  }

  /** What is there no more, and of which nothing late is expected. */
  public static List<Content> gone(ListingPart part, Map<Content, Told> told) {
    Set<Content> there = new HashSet<>();
    part.objects().forEach(object -> there.add(object.content()));
    Instant late = part.listed().minus(LATE);
    List<Content> gone = new ArrayList<>();
    told.forEach((content, one) -> {
      boolean awaited = one.found() != null && one.found().isAfter(late);
      if (!there.contains(content) && !awaited && one.made().isBefore(part.settled())) {
        gone.add(content);
      }
    });
    return gone;
  }

  /**
   * Whether a notification tells what a listing has found before: that content was there when it
   * was listed, and what the notification tells of happened before.
   */
  public static boolean wasFound(Instant made, @Nullable Told told) {
    return told != null && told.found() != null && !made.isAfter(told.found());
  }
}
