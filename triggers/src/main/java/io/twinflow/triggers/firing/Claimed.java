package io.twinflow.triggers.firing;

import java.util.Collection;

/**
 * A firing whose run this server makes now.
 *
 * @param run its name, written down before it is made
 * @param tries that came to nothing before
 * @param begun whether it was claimed before
 */
record Claimed(long id, Trigger trigger, String run, int tries, boolean begun) {

  static Long[] ids(Collection<Claimed> firings) {
    return firings.stream().map(Claimed::id).toArray(Long[]::new);
  }
}
