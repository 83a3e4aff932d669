package io.twinflow.workflowdefs.expression.process;

import io.twinflow.workflowdefs.expression.ExpressionContext;
import io.twinflow.workflowdefs.expression.JavaScriptSource;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a child is asked: one line of JSON. Libraries are long and seldom change, so a line without
 * them means those of the line before.
 */
record Request(
    JavaScriptSource source, List<JavaScriptSource> libraries, ExpressionContext context) {

  Request {
    libraries = List.copyOf(libraries);
  }

  /** The texts of the libraries, by which they are told apart. */
  List<String> texts() {
    return libraries.stream().map(JavaScriptSource::code).toList();
  }

  String line(boolean withLibraries) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("code", new StringValue(source.code()));
    fields.put("source", new StringValue(source.position().source()));
    fields.put("line", new IntegerValue(source.position().line()));
    fields.put("column", new IntegerValue(source.position().column()));
    fields.put("margin", new IntegerValue(source.margin()));
    if (withLibraries) {
      fields.put(
          "libraries", new ListValue(texts().stream().<Value>map(StringValue::new).toList()));
    }
    fields.put("inputs", context.inputs());
    fields.put("self", context.self());
    RecordValue runtime = context.runtime();
    fields.put("runtime", runtime == null ? NullValue.NULL : runtime);
    if (!context.more().isEmpty()) {
      fields.put("more", new RecordValue(context.more()));
    }
    return ValueJson.write(new RecordValue(fields));
  }

  /**
   * @param known the libraries of the line before
   */
  static Request read(String line, List<String> known) throws InvalidJsonException {
    if (!(ValueJson.read(line) instanceof RecordValue fields)) {
      throw new IllegalArgumentException("not a request");
    }
    Position position =
        new Position(text(fields, "source"), number(fields, "line"), number(fields, "column"));
    List<String> texts = fields.get("libraries") instanceof ListValue list ? strings(list) : known;
    List<JavaScriptSource> libraries = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      libraries.add(JavaScriptSource.library(texts.get(i), i, position));
    }
    return new Request(
        new JavaScriptSource(
            JavaScriptSource.Form.EXPRESSION,
            "expression",
            text(fields, "code"),
            position,
            number(fields, "margin")),
        libraries,
        new ExpressionContext(
            fields.get("inputs") instanceof RecordValue inputs ? inputs : RecordValue.EMPTY,
            fields.get("self"),
            fields.get("runtime") instanceof RecordValue runtime ? runtime : null,
            texts,
            fields.get("more") instanceof RecordValue more ? more.fields() : Map.of()));
  }

  private static List<String> strings(ListValue list) {
    List<String> strings = new ArrayList<>();
    for (Value item : list.items()) {
      if (item instanceof StringValue(String text)) {
        strings.add(text);
      }
    }
    return strings;
  }

  private static String text(RecordValue fields, String name) {
    return fields.get(name) instanceof StringValue(String text) ? text : "";
  }

  private static int number(RecordValue fields, String name) {
    return fields.get(name) instanceof IntegerValue(long number) ? (int) number : 1;
  }
}
