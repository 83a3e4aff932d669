package io.twinflow.engine.server.tell;

import java.time.Instant;
import java.util.List;

/**
 * A mail that somebody here wants to have sent.
 *
 * @param id by which those who get it know one that came before
 * @param written when it was asked for
 */
public record Mail(String id, List<String> to, String subject, String text, Instant written) {

  private static final int MOST_RECIPIENTS = 50;
  private static final int MOST_SUBJECT = 500;
  private static final int MOST_TEXT = 256 << 10;

  public Mail {
    to = List.copyOf(to);
  }

  /** Everything may hold variables, which come from outside. */
  void check() throws NotToBeSentException {
    checkRecipients(to);
    if (subject.length() > MOST_SUBJECT || subject.chars().anyMatch(Character::isISOControl)) {
      throw new NotToBeSentException(
          "expected a subject of one line and at most %d characters, found \"%s\""
              .formatted(MOST_SUBJECT, shown(subject)));
    }
    if (text.length() > MOST_TEXT) {
      throw new NotToBeSentException(
          "a mail has at most %,d characters, found %,d".formatted(MOST_TEXT, text.length()));
    }
  }

  /** What can be told of the addresses alone. */
  public static void checkRecipients(List<String> to) throws NotToBeSentException {
    if (to.isEmpty() || to.size() > MOST_RECIPIENTS) {
      throw new NotToBeSentException(
          "a mail goes to 1 to %d addresses, found %d".formatted(MOST_RECIPIENTS, to.size()));
    }
    for (String address : to) {
      if (!MailPattern.isAddress(address)) {
        throw new NotToBeSentException(
            "expected an address such as ann@example.org, found \"%s\"".formatted(shown(address)));
      }
    }
  }

  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    int most = 80;
    return line.length() > most ? line.substring(0, most) + "…" : line;
  }
}
