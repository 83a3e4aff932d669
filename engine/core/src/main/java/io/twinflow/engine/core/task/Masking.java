package io.twinflow.engine.core.task;

import io.twinflow.engine.core.secret.Handle;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Hides secrets in what may be shown: handles, and what else the inputs hold that a tool calls
 * secret (a default, an output of a step before). cwltool's Secrets.
 */
final class Masking {

  private static final String MASK = "***";

  private Masking() {}

  static List<String> mask(List<String> command, Requirements requirements, RecordValue inputs) {
    Requirement.Secrets secrets = requirements.find(Requirement.Secrets.class).orElse(null);
    List<String> hidden = new ArrayList<>();
    if (secrets != null) {
      secrets.inputs().forEach(name -> collect(inputs.get(name), hidden));
    }
    hidden.sort(Comparator.comparingInt(String::length).reversed());
    return command.stream().map(word -> mask(word, hidden)).toList();
  }

  private static String mask(String word, List<String> hidden) {
    String masked = Handle.masked(word);
    for (String secret : hidden) {
      masked = masked.replace(secret, MASK).replace(secret.replace("'", "'\"'\"'"), MASK);
    }
    return masked;
  }

  private static void collect(Value value, List<String> hidden) {
    if (value instanceof StringValue(String text) && !text.isEmpty() && !Handle.isIn(text)) {
      hidden.add(text);
    } else if (value instanceof ListValue(List<Value> items)) {
      items.forEach(item -> collect(item, hidden));
    } else if (value instanceof RecordValue record) {
      record.fields().values().forEach(field -> collect(field, hidden));
    }
  }
}
