package io.twinflow.engine.core.saved;

/** What kind of value follows. */
final class Tag {

  static final byte ABSENT = 0;
  static final byte NULL = 1;
  static final byte TRUE = 2;
  static final byte FALSE = 3;
  static final byte INTEGER = 4;
  static final byte DECIMAL = 5;
  static final byte STRING = 6;
  static final byte FILE = 7;
  static final byte DIRECTORY = 8;
  static final byte LIST = 9;
  static final byte RECORD = 10;

  /** One that was written before, by its number. */
  static final byte AGAIN = 11;

  private Tag() {}
}
