package io.twinflow.engine.core.secret;

import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts handles in the place of secret strings, also inside arrays and records, wherever the type
 * lets any string stand. A run that continues another keeps the handles of that one. For one thread
 * and one run.
 */
public final class HideInputs {

  private static final List<CwlType> ANYTHING = List.of(CwlType.Primitive.ANY);

  private final Map<String, String> texts;
  private final Map<String, String> handles = new HashMap<>();

  /**
   * @param continued the secrets of the run that is continued
   */
  public HideInputs(Secrets continued) {
    this.texts = new LinkedHashMap<>(continued.texts());
    texts.forEach((handle, text) -> handles.put(text, handle));
  }

  public RecordValue hide(List<InputParameter> parameters, Set<String> secret, RecordValue inputs) {
    RecordValue hidden = inputs;
    for (InputParameter parameter : parameters) {
      if (secret.contains(parameter.name())) {
        String name = parameter.name();
        hidden = hidden.with(name, hide(List.of(parameter.type()), inputs.get(name)));
      }
    }
    return hidden;
  }

  /** Of the run, after everything was hidden. */
  public Secrets secrets() {
    return new Secrets(texts);
  }

  private Value hide(List<CwlType> types, Value value) {
    List<CwlType> alternatives = types.stream().flatMap(HideInputs::alternatives).toList();
    return switch (value) {
      case StringValue(String text) when isAnyString(alternatives) -> new StringValue(handle(text));
      case ListValue(List<Value> items) -> {
        List<CwlType> inner = alternatives.stream().flatMap(HideInputs::items).toList();
        List<Value> hidden = new ArrayList<>(items.size());
        items.forEach(item -> hidden.add(hide(inner, item)));
        yield new ListValue(hidden);
      }
      case RecordValue record -> {
        Map<String, Value> hidden = new LinkedHashMap<>();
        record
            .fields()
            .forEach((name, field) -> hidden.put(name, hide(field(alternatives, name), field)));
        yield new RecordValue(hidden);
      }
      default -> value;
    };
  }

  private String handle(String text) {
    return text.isEmpty() || texts.containsKey(text)
        ? text
        : handles.computeIfAbsent(
            text,
            secret -> {
              String fresh = Handle.fresh();
              texts.put(fresh, secret);
              return fresh;
            });
  }

  private static Stream<CwlType> alternatives(CwlType type) {
    return type instanceof CwlType.UnionType(List<CwlType> types)
        ? types.stream().flatMap(HideInputs::alternatives)
        : Stream.of(type);
  }

  private static boolean isAnyString(List<CwlType> types) {
    return types.contains(CwlType.Primitive.STRING) || types.contains(CwlType.Primitive.ANY);
  }

  private static Stream<CwlType> items(CwlType type) {
    if (type == CwlType.Primitive.ANY) {
      return ANYTHING.stream();
    }
    return type instanceof CwlType.ArrayType array ? Stream.of(array.items()) : Stream.of();
  }

  private static List<CwlType> field(List<CwlType> types, String name) {
    List<CwlType> found = new ArrayList<>();
    for (CwlType type : types) {
      if (type instanceof CwlType.RecordType record) {
        record.fields().stream()
            .filter(field -> field.name().equals(name))
            .forEach(field -> found.add(field.type()));
      } else if (type == CwlType.Primitive.ANY) {
        found.add(type);
      }
    }
    return found;
  }
}
