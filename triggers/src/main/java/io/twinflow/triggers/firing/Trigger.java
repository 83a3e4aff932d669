package io.twinflow.triggers.firing;

import io.twinflow.triggers.rule.TriggerRule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a trigger.
 *
 * @param subject who saved it, and whose its runs are
 * @param document as it was sent
 * @param workflow what its workflow's name stood for then, in the catalogue
 * @param checkWorkflow the same of what looks at the data before; null if nothing does
 * @param decision the same of what decides; null if nothing does
 * @param current whether it is the newest version of a trigger that is there
 */
public record Trigger(
    String tenant,
    String name,
    int version,
    String subject,
    String document,
    String workflow,
    @Nullable String checkWorkflow,
    @Nullable String decision,
    boolean current,
    boolean enabled,
    Instant created,
    TriggerRule rule) {

  /** How events of a configured source name who sent them; no token has such a subject. */
  public static final String SOURCE = "source:";

  /** Whose events it is for. */
  String sender() {
    return rule.source() == null ? subject : SOURCE + rule.source();
  }
}
