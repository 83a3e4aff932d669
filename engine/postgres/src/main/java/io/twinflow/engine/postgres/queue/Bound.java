package io.twinflow.engine.postgres.queue;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is limited of one thing, or of everything of a kind; null for no limit.
 *
 * @param name {@value #ANY} for all that have no value of their own
 * @param runs that may have been started and not ended
 * @param tasks that may be at sites
 * @param queued runs that may wait for their turn; of a site: of all subjects together
 */
public record Bound(
    Kind kind,
    String name,
    @Nullable Integer runs,
    @Nullable Integer tasks,
    @Nullable Integer queued) {

  public static final String ANY = "*";

  /** What can be limited. */
  public enum Kind {
    SITE,
    SUBJECT,
    WORKFLOW;

    /** As it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
