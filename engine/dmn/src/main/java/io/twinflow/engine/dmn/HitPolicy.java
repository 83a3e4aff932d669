package io.twinflow.engine.dmn;

import org.jspecify.annotations.Nullable;

/** What a table makes of the rules that match (DMN 1.5, section 8.2.11). */
enum HitPolicy {
  UNIQUE,
  ANY,
  FIRST,
  PRIORITY,
  RULE_ORDER,
  OUTPUT_ORDER,
  COLLECT;

  /** Null if there is no such policy. */
  static @Nullable HitPolicy named(String name) {
    for (HitPolicy policy : values()) {
      if (policy.name().replace('_', ' ').equals(name)) {
        return policy;
      }
    }
    return null;
  }

  boolean ordersByOutputs() {
    return this == PRIORITY || this == OUTPUT_ORDER;
  }

  /** Whether the answer is a list. */
  boolean isMany() {
    return this == RULE_ORDER || this == OUTPUT_ORDER || this == COLLECT;
  }
}
