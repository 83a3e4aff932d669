package io.twinflow.triggers.rule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern as people write it: {@code *} stands for any characters but a slash, {@code **} for any
 * characters, {@code ?} for one that is no slash; everything else for itself. Matching takes a time
 * that follows the lengths of both, whatever they are: patterns and keys are written by strangers.
 *
 * @param prefix what all that it matches begins with
 */
public record Glob(String text, String prefix, List<Part> parts) {

  private static final int LONGEST = 256;

  public static final String EXPECTED =
      "a pattern of at most %d characters: * for any but a slash, ** for any, ? for one"
          .formatted(LONGEST);

  public Glob {
    parts = List.copyOf(parts);
  }

  /** What one place of the pattern takes of a text. */
  public sealed interface Part {
    boolean takes(char c);

    record One(char wanted) implements Part {
      @Override
      public boolean takes(char c) {
        return c == wanted;
      }
    }

    enum Any implements Part {
      /** {@code ?}. */
      ONE,
      /** {@code *}. */
      STAR,
      /** {@code **}. */
      STARS;

      @Override
      public boolean takes(char c) {
        return this == STARS || c != '/';
      }
    }

    default boolean repeats() {
      return this == Any.STAR || this == Any.STARS;
    }
  }

  /**
   * @throws IllegalArgumentException if it is too long
   */
  public static Glob of(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(text);
    }
    List<Part> parts = new ArrayList<>();
    int prefix = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '?') {
        parts.add(Part.Any.ONE);
      } else if (text.startsWith("**", i)) {
        parts.add(Part.Any.STARS);
        i++;
      } else if (c == '*') {
        parts.add(Part.Any.STAR);
      } else {
        prefix = prefix == i ? i + 1 : prefix;
        parts.add(new Part.One(c));
      }
    }
    return new Glob(text, text.substring(0, prefix), parts);
  }

  /** Whether something that ends so may match: told by what stands behind its last wildcard. */
  boolean mayEndWith(String end) {
    int last = Math.max(text.lastIndexOf('*'), text.lastIndexOf('?'));
    String literal = text.substring(last + 1);
    return literal.endsWith(end) || (last >= 0 && end.endsWith(literal));
  }

  /**
   * Follows all ways to match at once: the places of the pattern that the text may have come to.
   */
  public boolean matches(String value) {
    if (!value.startsWith(prefix)) {
      return false;
    }
    BitSet places = new BitSet();
    arrive(places, prefix.length());
    for (int i = prefix.length(); i < value.length() && !places.isEmpty(); i++) {
      places = after(places, value.charAt(i));
    }
    return places.get(parts.size());
  }

  private BitSet after(BitSet places, char c) {
    BitSet next = new BitSet();
    int at = places.nextSetBit(0);
    while (at >= 0 && at < parts.size()) {
      Part part = parts.get(at);
      if (part.takes(c)) {
        arrive(next, part.repeats() ? at : at + 1);
      }
      at = places.nextSetBit(at + 1);
    }
    return next;
  }

  /** What may repeat may also be nothing. */
  private void arrive(BitSet places, int at) {
    places.set(at);
    for (int i = at; i < parts.size() && parts.get(i).repeats(); i++) {
      places.set(i + 1);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
