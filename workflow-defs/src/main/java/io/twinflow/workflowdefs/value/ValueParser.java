package io.twinflow.workflowdefs.value;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads values from a JSON parser that stands on the first token of one. */
final class ValueParser {

  private ValueParser() {}

  static Value read(JsonParser parser) throws InvalidJsonException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> new StringValue(parser.getString());
      case VALUE_NUMBER_INT -> Numbers.whole(parser.getString());
      case VALUE_NUMBER_FLOAT -> decimal(parser.getString());
      case VALUE_TRUE -> BooleanValue.TRUE;
      case VALUE_FALSE -> BooleanValue.FALSE;
      case VALUE_NULL -> NullValue.NULL;
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new InvalidJsonException("unexpected " + token);
    };
  }

  private static Value decimal(String text) throws InvalidJsonException {
    try {
      return Numbers.decimal(text);
    } catch (NumberFormatException e) {
      throw new InvalidJsonException(String.valueOf(e.getMessage()));
    }
  }

  private static Value object(JsonParser parser) throws InvalidJsonException {
    FewFields.Builder fields = new FewFields.Builder();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, read(parser));
    }
    return FileFields.from(new RecordValue(fields.done()));
  }

  private static Value list(JsonParser parser) throws InvalidJsonException {
    List<Value> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(parser));
    }
    return new ListValue(items);
  }
}
