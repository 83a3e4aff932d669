package io.twinflow.engine.core.site;

import io.twinflow.engine.core.event.Raised;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * How much more of a site the next attempt gets, if one had too little memory or time.
 *
 * @param by so many times as much, each time
 * @param memoryMiB so much at most; 0 if memory is never raised
 * @param time so much at most; zero if it is never raised
 */
public record Raise(double by, long memoryMiB, Duration time) {

  public static final Raise NONE = new Raise(2, 0, Duration.ZERO);

  private static final double LEAST = 1.25;

  /** What stands below {@code raise:}. */
  static Raise of(Settings site) throws InvalidSettingException {
    Optional<Settings> given =
        site.section("raise", "how far memory and time are raised, as in {memory: 64G, time: 24h}");
    if (given.isEmpty()) {
      return NONE;
    }
    Settings raise = given.get();
    double by = raise.amount("by").orElse(NONE.by());
    if (by < LEAST) {
      throw raise.wrong("by", "a factor of at least " + LEAST);
    }
    return new Raise(
        by,
        raise.mebibytes("memory").orElse(NONE.memoryMiB()),
        raise.time("time").orElse(NONE.time()));
  }

  /**
   * Empty if there is no more, or none is granted.
   *
   * @param had what the attempt was given
   * @param siteMiB the memory of the site's largest machine
   */
  public Optional<Raised> after(Shortage shortage, ResourceRequest had, long siteMiB) {
    return switch (shortage) {
      case Shortage.Memory _ -> {
        long next = Math.min(times(had.memoryMiB()), Math.min(memoryMiB, siteMiB));
        yield next <= had.memoryMiB()
            ? Optional.empty()
            : Optional.of(
                new Raised(
                    next,
                    had.time(),
                    "with %s of memory, as %s were too little"
                        .formatted(memory(next), memory(had.memoryMiB()))));
      }
      case Shortage.Time(Duration limit) -> {
        Duration wanted = Duration.ofMinutes(times(roundedUp(limit)));
        Duration next = wanted.compareTo(time) < 0 ? wanted : time;
        yield next.compareTo(limit) <= 0
            ? Optional.empty()
            : Optional.of(
                new Raised(
                    had.memoryMiB(),
                    next,
                    "with %s of time, as %s were too little"
                        .formatted(minutes(next), minutes(limit))));
      }
    };
  }

  /**
   * Why there is no more, in words for people; empty where raising was never meant.
   *
   * @param had what the attempt was given
   */
  public Optional<String> refusal(Shortage shortage, ResourceRequest had) {
    return switch (shortage) {
      case Shortage.Memory _ when memoryMiB > 0 ->
          Optional.of(
              "it had %s of memory, and the site's raise: ends at %s or at its largest machine"
                  .formatted(memory(had.memoryMiB()), memory(memoryMiB)));
      case Shortage.Time(Duration limit) when time.isPositive() ->
          Optional.of(
              "it had %s of time, and the site's raise: ends at %s"
                  .formatted(minutes(limit), minutes(time)));
      case Shortage _ -> Optional.empty();
    };
  }

  private long times(long amount) {
    return (long) Math.ceil(amount * by);
  }

  private static long roundedUp(Duration time) {
    return time.plus(Duration.ofMinutes(1)).minusNanos(1).toMinutes();
  }

  private static String memory(long mebibytes) {
    return mebibytes < 1024
        ? mebibytes + " MiB"
        : BigDecimal.valueOf(Math.round(mebibytes * 10 / 1024.0), 1)
                .stripTrailingZeros()
                .toPlainString()
            + " GiB";
  }

  private static String minutes(Duration time) {
    long minutes = time.toMinutes();
    return minutes % 60 == 0 && minutes > 0 ? minutes / 60 + " h" : minutes + " min";
  }
}
