package io.twinflow.engine.server.tell;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whom mail may reach.
 *
 * @param text an address, or {@code *@DOMAIN} for all of a domain
 */
record MailPattern(String text) {

  private static final String ALL = "*@";
  private static final int MOST_LETTERS = 254;

  /**
   * Plain ones alone: no names beside them, quotes, comments or lists that could hide another. A
   * pattern has this form too, as a star may stand in it.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

  static boolean isAddress(String text) {
    return text.length() <= MOST_LETTERS && ADDRESS.matcher(text).matches();
  }

  boolean matches(String address) {
    String given = address.toLowerCase(Locale.ROOT);
    String wanted = text.toLowerCase(Locale.ROOT);
    return wanted.startsWith(ALL) ? given.endsWith(wanted.substring(1)) : given.equals(wanted);
  }
}
