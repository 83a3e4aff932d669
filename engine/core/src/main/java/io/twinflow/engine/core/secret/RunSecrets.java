package io.twinflow.engine.core.secret;

import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The secrets of one run: handles for texts and back. Immutable. */
public final class RunSecrets {

  private static final String MASK = "********";

  private final Map<String, String> texts;
  private final Map<String, String> handles = new LinkedHashMap<>();
  private final List<String> longestFirst;

  private RunSecrets(Map<String, String> texts) {
    this.texts = texts;
    texts.forEach((handle, text) -> handles.put(text, handle));
    this.longestFirst =
        handles.keySet().stream()
            .filter(text -> !text.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /**
   * Finds the texts of the inputs that a process calls secret (cwltool's Secrets).
   *
   * @param inputs of the run, in plain text
   */
  public static RunSecrets of(Requirements requirements, RecordValue inputs) {
    Optional<Requirement.Secrets> secrets = requirements.find(Requirement.Secrets.class);
    Map<String, String> texts = new LinkedHashMap<>();
    if (secrets.isPresent()) {
      for (String input : secrets.get().inputs()) {
        map(
            inputs.get(input),
            text -> {
              texts.put("(secret-" + UUID.randomUUID() + ")", text);
              return text;
            });
      }
    }
    return new RunSecrets(texts);
  }

  public static RunSecrets read(Path key, Path file) throws IOException {
    return new RunSecrets(new SecretFile(key, file).read());
  }

  /** Nothing is written if there are none. */
  public void write(Path key, Path file) throws IOException {
    if (!texts.isEmpty()) {
      new SecretFile(key, file).write(texts);
    }
  }

  public boolean isEmpty() {
    return texts.isEmpty();
  }

  /** With handles for texts. */
  public RecordValue hide(RecordValue value) {
    return isEmpty() ? value : (RecordValue) map(value, text -> handles.getOrDefault(text, text));
  }

  /** With texts for handles; for the inside of a task only. */
  public RecordValue reveal(RecordValue value) {
    return isEmpty() ? value : (RecordValue) map(value, text -> texts.getOrDefault(text, text));
  }

  /** A text that may be shown. */
  public String mask(String text) {
    String masked = text;
    for (String secret : longestFirst) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }

  private static Value map(Value value, UnaryOperator<String> change) {
    return switch (value) {
      case StringValue string -> new StringValue(change.apply(string.value()));
      case ListValue list ->
          new ListValue(list.items().stream().map(item -> map(item, change)).toList());
      case RecordValue record -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        record.fields().forEach((name, field) -> fields.put(name, map(field, change)));
        yield new RecordValue(fields);
      }
      default -> value;
    };
  }
}
