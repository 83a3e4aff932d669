package io.twinflow.workflowdefs.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name a person probably meant. */
public final class NearestName {

  /** Names that people write, and as many as they could look through. */
  private static final int LONGEST = 200;

  private static final int MOST = 5_000;

  private NearestName() {}

  /** The nearest of the names, if it is near enough to be a likely slip. */
  public static Optional<String> of(String wrong, Collection<String> names) {
    if (wrong.length() > LONGEST) {
      return Optional.empty();
    }
    int limit = Math.max(1, Math.min(3, wrong.length() / 3 + 1));
    return names.stream()
        .limit(MOST)
        .filter(name -> !name.equals(wrong))
        .filter(name -> distance(wrong, name) <= limit)
        .min(Comparator.comparingInt((String name) -> distance(wrong, name)).thenComparing(n -> n));
  }

  /** A sentence to append to a message; empty if nothing is near. */
  public static String hint(String wrong, Collection<String> names) {
    return of(wrong, names).map(name -> " Did you mean \"" + name + "\"?").orElse("");
  }

  /** Edit distance with transpositions, letter case counting half as nothing. */
  static int distance(String left, String right) {
    String a = left.toLowerCase(java.util.Locale.ROOT);
    String b = right.toLowerCase(java.util.Locale.ROOT);
    if (Math.abs(a.length() - b.length()) > 3) {
      return Integer.MAX_VALUE;
    }
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, beforePrevious[j - 2] + 1);
        }
        current[j] = best;
      }
      int[] spare = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }
}
