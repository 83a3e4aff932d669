package io.twinflow.engine.server.tell;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What a mail server has said to a mail that did not go out as a whole (RFC 5321, 4.2.1: 4xx may be
 * tried again, 5xx may not).
 *
 * @param refused why, by address
 * @param problem what is to be told if it is tried again
 */
record SmtpAnswer(List<String> taken, Map<String, String> refused, String problem) {

  private static final int FOR_EVER = 500;

  static SmtpAnswer of(MessagingException failure, List<String> wanted) {
    List<String> taken = new ArrayList<>();
    Map<String, String> refused = new LinkedHashMap<>();
    String problem = line(failure.getMessage());
    for (Exception each = failure;
        each instanceof MessagingException found;
        each = found.getNextException()) {
      switch (found) {
        case SMTPAddressFailedException address -> {
          String said = line(address.getMessage());
          if (address.getReturnCode() >= FOR_EVER) {
            refused.put(String.valueOf(address.getAddress()), said);
          } else {
            problem = "%s: %s".formatted(address.getAddress(), said);
          }
        }
        case SMTPSendFailedException mail when mail.getReturnCode() >= FOR_EVER -> {
          String said = line(mail.getMessage());
          wanted.forEach(address -> refused.putIfAbsent(address, said));
        }
        case SMTPSenderFailedException sender when sender.getReturnCode() >= FOR_EVER -> {
          String said = line(sender.getMessage());
          wanted.forEach(address -> refused.putIfAbsent(address, said));
        }
        case SendFailedException sent -> taken.addAll(texts(sent.getValidSentAddresses()));
        default -> {}
      }
    }
    return new SmtpAnswer(taken, refused, problem);
  }

  /** Whether nothing was said of any address: the server was not reached, or knows us not. */
  boolean isAboutNobody() {
    return taken.isEmpty() && refused.isEmpty();
  }

  private static List<String> texts(Address @Nullable [] addresses) {
    return addresses == null ? List.of() : Arrays.stream(addresses).map(Address::toString).toList();
  }

  private static String line(@Nullable String said) {
    return String.valueOf(said).strip().replaceAll("\\s+", " ");
  }
}
