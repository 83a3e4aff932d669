package io.twinflow.engine.cli.input;

import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** File formats in an input object may use the prefixes that the workflow declares. */
final class FormatPrefixes {

  private final Map<String, String> namespaces;

  private FormatPrefixes(Map<String, String> namespaces) {
    this.namespaces = namespaces;
  }

  static RecordValue expand(RecordValue inputs, WorkflowDocument document)
      throws InvalidDefinitionException {
    if (!hasPrefix(inputs)) {
      return inputs;
    }
    return new FormatPrefixes(CwlLoader.namespaces(document.pinned())).record(inputs);
  }

  private static boolean hasPrefix(Value value) {
    return switch (value) {
      case FileValue file -> file.format() != null && isPrefixed(file.format());
      case ListValue list -> any(list.items().stream());
      case RecordValue record -> any(record.fields().values().stream());
      default -> false;
    };
  }

  private static boolean any(Stream<Value> values) {
    return values.anyMatch(FormatPrefixes::hasPrefix);
  }

  private static boolean isPrefixed(String format) {
    int colon = format.indexOf(':');
    return colon > 0 && !format.startsWith("//", colon + 1);
  }

  private RecordValue record(RecordValue record) {
    Map<String, Value> fields = new LinkedHashMap<>();
    record.fields().forEach((name, field) -> fields.put(name, value(field)));
    return new RecordValue(fields);
  }

  private Value value(Value value) {
    return switch (value) {
      case FileValue file -> file.format() == null ? file : file.withFormat(whole(file.format()));
      case ListValue list -> new ListValue(list.items().stream().map(this::value).toList());
      case RecordValue record -> record(record);
      default -> value;
    };
  }

  private String whole(String format) {
    int colon = format.indexOf(':');
    String iri = isPrefixed(format) ? namespaces.get(format.substring(0, colon)) : null;
    return iri == null ? format : iri + format.substring(colon + 1);
  }
}
