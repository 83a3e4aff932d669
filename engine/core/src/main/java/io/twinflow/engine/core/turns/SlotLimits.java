package io.twinflow.engine.core.turns;

/** How many tasks may be at a site at once. Safe for many threads, and quick. */
@FunctionalInterface
public interface SlotLimits {

  /** What a limit is about. */
  enum Kind {
    SITE,
    SUBJECT,
    WORKFLOW
  }

  /** Nothing is limited. */
  SlotLimits NONE = (kind, name) -> Quota.NONE;

  Quota of(Kind kind, String name);

  /**
   * A limit, and the part of it that is this engine's.
   *
   * @param here so many may this engine have at the site
   * @param all so many may all engines have together
   */
  record Quota(int here, int all) {

    public static final Quota NONE = new Quota(Integer.MAX_VALUE, Integer.MAX_VALUE);

    boolean isLimit() {
      return all != Integer.MAX_VALUE;
    }
  }
}
