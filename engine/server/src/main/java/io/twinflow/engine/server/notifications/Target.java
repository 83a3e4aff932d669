package io.twinflow.engine.server.notifications;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where something is told. */
public sealed interface Target {

  /**
   * A call.
   *
   * @param secret the name of the one that signs it; null for none
   */
  record Webhook(String url, @Nullable String secret) implements Target {}

  /** Mail to people. */
  record Letter(List<String> to) implements Target {
    public Letter {
      to = List.copyOf(to);
    }
  }
}
