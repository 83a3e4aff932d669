package io.twinflow.engine.postgres.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Divides a limit among engines by what they want: nobody gets more, and none is used twice. */
final class FairShare {

  private FairShare() {}

  /**
   * @param wants by the number of the engine
   * @param moment what cannot be divided goes to another engine at each
   * @return what each may have, if it is not nothing; together no more than the limit
   */
  static Map<Long, Integer> of(int limit, Map<Long, Integer> wants, long moment) {
    List<Long> engines = new ArrayList<>(wants.keySet());
    Collections.sort(engines);
    Collections.rotate(engines, (int) (moment % Math.max(1, engines.size())));
    Map<Long, Integer> shares = new HashMap<>();
    int left = limit;
    for (int round = 1; left > 0 && !engines.isEmpty(); round++) {
      int most = round;
      engines.removeIf(engine -> wants.getOrDefault(engine, 0) < most);
      for (long engine : engines) {
        if (left > 0) {
          shares.put(engine, round);
          left--;
        }
      }
    }
    return shares;
  }
}
