package io.twinflow.triggers.source.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule is due. Where clocks are put forward, a time of the day that is missing is due as
 * much later (02:30 at 03:30); where they are put back, one that is there twice is due the first
 * time. A line that names no hour goes on every so many minutes through both.
 */
record Times(Cron cron, ZoneId zone) {

  /** The first moment later than this; empty if there is none. */
  Optional<Instant> next(Instant after) {
    Optional<Instant> plain = plain(after);
    if (cron.isOfEveryHour()) {
      return plain;
    }
    return Stream.concat(plain.stream(), missing(after)).min(Instant::compareTo);
  }

  private Optional<Instant> plain(Instant after) {
    ZoneRules rules = zone.getRules();
    ZoneOffset offset = rules.getOffset(after);
    LocalDateTime local = LocalDateTime.ofInstant(after, offset);
    @Nullable ZoneOffsetTransition before = rules.previousTransition(after.plusNanos(1));
    while (true) {
      if (!cron.isOfEveryHour() && before != null && isSecond(local, before)) {
        local = before.getDateTimeBefore().minusNanos(1);
      }
      Optional<LocalDateTime> found = cron.next(local);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Instant due = found.get().toInstant(offset);
      ZoneOffsetTransition end =
          rules.nextTransition(before == null ? after : later(after, before.getInstant()));
      if (end == null || due.isBefore(end.getInstant())) {
        return Optional.of(due);
      }
      before = end;
      offset = end.getOffsetAfter();
      local = end.getDateTimeAfter().minusNanos(1);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Whether the clock has shown it before, when it had not been put back. */
  private static boolean isSecond(LocalDateTime local, ZoneOffsetTransition before) {
    return before.isOverlap() && local.isBefore(before.getDateTimeBefore());
  }

  /** Of the times that no clock shows, those that are still to come. */
  private Stream<Instant> missing(Instant after) {
    ZoneRules rules = zone.getRules();
    return Stream.of(
            Optional.ofNullable(rules.previousTransition(after.plusNanos(1))),
            Optional.ofNullable(rules.nextTransition(after)))
        .flatMap(Optional::stream)
        .filter(ZoneOffsetTransition::isGap)
        .flatMap(gap -> missing(gap, after).stream());
  }

  private Optional<Instant> missing(ZoneOffsetTransition gap, Instant after) {
    LocalDateTime local = gap.getDateTimeBefore().minusNanos(1);
    while (true) {
      Optional<LocalDateTime> found = cron.next(local);
      if (found.isEmpty() || !found.get().isBefore(gap.getDateTimeAfter())) {
        return Optional.empty();
      }
      local = found.get();
      Instant due = local.toInstant(gap.getOffsetBefore());
      if (due.isAfter(after)) {
        return Optional.of(due);
      }
    }
  }
}
