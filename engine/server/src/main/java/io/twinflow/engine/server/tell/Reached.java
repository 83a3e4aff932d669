package io.twinflow.engine.server.tell;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom a mail has reached and who has refused it, over several tries. It lives as long as the
 * server: after a crash a mail is sent again to all, under the same Message-ID.
 */
public final class Reached {

  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> refused = new LinkedHashMap<>();
  private String later = "";

  List<String> left(List<String> to) {
    return to.stream()
        .distinct()
        .filter(address -> !taken.contains(address) && !refused.containsKey(address))
        .toList();
  }

  void add(List<String> addresses) {
    taken.addAll(addresses);
  }

  void note(SmtpAnswer answer) {
    taken.addAll(answer.taken());
    refused.putAll(answer.refused());
    later = answer.problem();
  }

  /** Who can still get it is waited for; only then is told who cannot. */
  Outcome outcome(List<String> to) {
    if (!left(to).isEmpty()) {
      return new Outcome.Later(later);
    }
    if (refused.isEmpty()) {
      return new Outcome.Taken();
    }
    String who =
        refused.entrySet().stream()
            .map(each -> each.getKey() + " (" + each.getValue() + ")")
            .collect(Collectors.joining(", "));
    return new Outcome.Refused(
        taken.isEmpty()
            ? "the mail server refused the mail to " + who
            : "the mail was sent to %s, and refused to %s"
                .formatted(
                    to.stream().filter(taken::contains).collect(Collectors.joining(", ")), who));
  }
}
