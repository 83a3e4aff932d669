package io.twinflow.engine.dmn.feel;

/** Texts of others, for messages. */
final class Shortened {

  private static final int MOST = 80;

  private Shortened() {}

  static String of(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }
}
