package io.twinflow.engine.core.cache;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.Origin;
import java.util.List;
import java.util.Optional;

/**
 * Why a task hit the cache, or missed it.
 *
 * @param task its number in its run
 * @param address its place in the run, as in {@code /calibrate[17]}
 * @param hit where the outputs came from; empty if the tool was run
 * @param keyed whether the task had a key at all; without one caching was off or refused
 * @param comparedWith the nearest earlier call of the same step
 * @param differences between the two, in no component if that call's outputs were gone or changed
 */
public record CacheExplanation(
    long task,
    String address,
    Optional<Origin> hit,
    boolean keyed,
    Optional<Compared> comparedWith,
    List<Difference> differences) {

  public CacheExplanation {
    differences = List.copyOf(differences);
  }

  /** Another call. */
  public record Compared(RunId run, long task, String address) {}

  /**
   * A component of the key that is not the same; {@code -} where it is missing.
   *
   * @param here the beginning of its digest in the task that is explained
   * @param there the same in the call it is compared with
   * @param component such as {@code tool}, {@code image} or {@code input reads}
   */
  public record Difference(String component, String here, String there) {}
}
