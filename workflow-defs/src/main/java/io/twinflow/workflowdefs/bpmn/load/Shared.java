package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands beside the processes and is referred to: messages, signals, errors, escalations. */
final class Shared {

  private static final Map<String, String> WHAT_COUNTS =
      Map.of(
          "message", "name",
          "signal", "name",
          "error", "errorCode",
          "escalation", "escalationCode");

  private final ProblemLog log;
  private final Map<String, Map<String, String>> byKind = new HashMap<>();

  Shared(XmlElement definitions, ProblemLog log) {
    this.log = log;
    WHAT_COUNTS.forEach((kind, attribute) -> {
      Map<String, String> found = new HashMap<>();
      for (XmlElement element : definitions.children(kind)) {
        found.put(element.attribute("id"), element.attribute(attribute));
      }
      byKind.put(kind, found);
    });
  }

  /**
   * What a reference stands for: the name of a message or signal, the code of an error or
   * escalation. Null, and told, if it leads nowhere.
   */
  @Nullable String resolve(String kind, String reference, Position position) {
    Map<String, String> known = byKind.getOrDefault(kind, Map.of());
    String id = known.containsKey(reference) ? reference : localPart(reference);
    String found = known.get(id);
    if (found == null) {
      log.error(
          position,
          "%sRef=\"%s\" leads nowhere: expected the id of %s beside the processes.%s"
              .formatted(
                  kind, reference, withArticle(kind), NearestName.hint(reference, known.keySet())));
      return null;
    }
    if (found.isBlank()) {
      log.error(
          position,
          "the %s \"%s\" has no %s, by which it is known to others. Add %s=\"…\"."
              .formatted(kind, id, WHAT_COUNTS.get(kind), WHAT_COUNTS.get(kind)));
      return null;
    }
    if (found.length() > 255 || found.contains("${")) {
      log.error(
          position,
          "the %s of the %s \"%s\" must be plain text of at most 255 characters, without ${…}."
              .formatted(WHAT_COUNTS.get(kind), kind, id));
      return null;
    }
    return found;
  }

  private static String withArticle(String kind) {
    return (kind.startsWith("e") ? "an " : "a ") + kind;
  }

  private static String localPart(String qualified) {
    return qualified.substring(qualified.indexOf(':') + 1);
  }
}
