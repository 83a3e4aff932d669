package io.twinflow.executors.api.site;

/**
 * One thing that a look at a site found, in words that its administrator can act on.
 *
 * @param about what was looked at, as in "token" or "shared folder"
 * @param found what is so
 * @param mend what to do; empty if nothing is to be done
 */
public record Finding(Level level, String about, String found, String mend) {

  public enum Level {
    GOOD,
    /** It works, and something could be better. */
    NOTE,
    /** No step can run here before it is mended. */
    PROBLEM
  }

  public static Finding good(String about, String found) {
    return new Finding(Level.GOOD, about, found, "");
  }

  public static Finding note(String about, String found, String mend) {
    return new Finding(Level.NOTE, about, found, mend);
  }

  public static Finding problem(String about, String found, String mend) {
    return new Finding(Level.PROBLEM, about, found, mend);
  }
}
