package io.twinflow.workflowdefs.source;

import io.twinflow.workflowdefs.source.ScalarNode.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** JSON text to nodes. */
final class JsonNodes {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2_000)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;
  private final String source;
  private final ReadLimits limits;
  private long nodes;

  private JsonNodes(JsonParser parser, String source, ReadLimits limits) {
    this.parser = parser;
    this.source = source;
    this.limits = limits;
  }

  /** Null if the text is not JSON: it may still be YAML, whose reader tells what is wrong. */
  static @Nullable Node readIfJson(String text, String source, ReadLimits limits)
      throws InvalidDefinitionException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      JsonNodes reader = new JsonNodes(parser, source, limits);
      parser.nextToken();
      Node root = reader.node(0);
      return parser.nextToken() == null ? root : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }

  private Node node(int depth) throws InvalidDefinitionException {
    Position position = position();
    if (depth > limits.maxDepth()) {
      throw YamlNodes.tooDeep(position, limits);
    }
    if (++nodes > limits.maxNodes()) {
      throw YamlNodes.tooMany(position, limits);
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> map(position, depth);
      case START_ARRAY -> list(position, depth);
      case VALUE_STRING -> new ScalarNode(Kind.STRING, parser.getString(), position);
      case VALUE_NUMBER_INT -> new ScalarNode(Kind.INTEGER, parser.getString(), position);
      case VALUE_NUMBER_FLOAT -> new ScalarNode(Kind.DECIMAL, parser.getString(), position);
      case VALUE_TRUE, VALUE_FALSE -> new ScalarNode(Kind.BOOLEAN, parser.getString(), position);
      case VALUE_NULL -> new ScalarNode(Kind.NULL, "null", position);
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("unexpected JSON token " + token);
    };
  }

  private MapNode map(Position position, int depth) throws InvalidDefinitionException {
    Map<String, MapNode.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      Position keyPosition = position();
      parser.nextToken();
      Node value = node(depth + 1);
      MapNode.Entry earlier = entries.putIfAbsent(key, new MapNode.Entry(keyPosition, value));
      if (earlier != null) {
        throw YamlNodes.duplicate(key, keyPosition, earlier.keyPosition());
      }
    }
    return new MapNode(entries, position);
  }

  private ListNode list(Position position, int depth) throws InvalidDefinitionException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(depth + 1));
    }
    return new ListNode(items, position);
  }

  private Position position() {
    TokenStreamLocation at = parser.currentTokenLocation();
    return new Position(source, at.getLineNr(), at.getColumnNr());
  }
}
