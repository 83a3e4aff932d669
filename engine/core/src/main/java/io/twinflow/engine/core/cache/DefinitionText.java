package io.twinflow.engine.core.cache;

import io.twinflow.workflowdefs.source.Position;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text of a definition's records without what does not change the result: positions, ids,
 * labels and documentation. Moving a tool to another file does not change its text.
 */
final class DefinitionText {

  private static final Set<String> LEFT_OUT =
      Set.of("id", "name", "label", "doc", "intent", "cwlVersion", "requirements", "position");

  private DefinitionText() {}

  static String of(@Nullable Object definition) {
    StringBuilder text = new StringBuilder();
    append(definition, text, true);
    return text.toString();
  }

  private static void append(@Nullable Object part, StringBuilder text, boolean top) {
    switch (part) {
      case null -> text.append('-');
      case Optional<?> optional -> append(optional.orElse(null), text, false);
      case Collection<?> items -> {
        text.append('[');
        for (Object item : items) {
          append(item, text, false);
          text.append(',');
        }
        text.append(']');
      }
      case Record record -> {
        text.append(record.getClass().getSimpleName()).append('(');
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          append(record, component, text, top);
        }
        text.append(')');
      }
      default -> {
        String plain = part.toString();
        text.append(plain.length()).append(':').append(plain);
      }
    }
  }

  private static void append(
      Record record, RecordComponent component, StringBuilder text, boolean top) {
    boolean header = top && component.getName().equals("header");
    if (header
        || component.getType() == Position.class
        || component.getName().equals("label")
        || component.getName().equals("doc")
        || (record.getClass().getSimpleName().equals("Header")
            && LEFT_OUT.contains(component.getName()))) {
      return;
    }
    text.append(component.getName()).append('=');
    append(value(record, component), text, false);
    text.append(';');
  }

  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a record's component cannot be read", e);
    }
  }
}
