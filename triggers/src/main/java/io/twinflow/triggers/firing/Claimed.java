package io.twinflow.triggers.firing;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A firing whose run this server makes now, or which it has decided before that.
 *
 * @param run its name, written down before it is made
 * @param check the name of the run that looks at its data, which is made instead; null if they are
 *     good, or nobody asks
 * @param tries that came to nothing before
 * @param begun whether it was claimed before
 * @param decided what a table decided, in JSON; null if none did
 */
record Claimed(
    long id,
    Trigger trigger,
    String run,
    @Nullable String check,
    int tries,
    boolean begun,
    @Nullable String decided) {

  /** Whether a table is asked about it now, and nothing else is done. */
  boolean isToDecide() {
    return trigger.decision() != null && decided == null;
  }

  static Long[] ids(Collection<Claimed> firings) {
    return firings.stream().map(Claimed::id).toArray(Long[]::new);
  }
}
