package io.twinflow.engine.server.tell;

import java.time.Duration;

/** How often something is sent that nobody takes, and with which pauses: about two hours in all. */
public final class Tries {

  public static final int MOST = 16;

  /** Longer than sending takes. */
  public static final Duration WITHIN = Duration.ofSeconds(90);

  /** The pause doubles up to some ten minutes. */
  private static final int MOST_DOUBLINGS = 9;

  private Tries() {}

  /** Whether it is given up after so many. */
  public static boolean areOver(int tries) {
    return tries >= MOST;
  }

  /**
   * @param tries that there were before the one that did not come about
   */
  public static Duration pause(int tries) {
    return Duration.ofSeconds(1L << Math.min(tries, MOST_DOUBLINGS));
  }

  public static String over(String problem) {
    return "given up after %d tries; the last time: %s".formatted(MOST, problem);
  }
}
