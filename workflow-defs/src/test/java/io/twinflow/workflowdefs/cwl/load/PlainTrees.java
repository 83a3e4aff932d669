package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes as the plain maps and lists that other libraries take. */
final class PlainTrees {

  private PlainTrees() {}

  static Map<String, Object> map(MapNode map) {
    Map<String, Object> plain = new LinkedHashMap<>();
    map.entries()
        .forEach((key, entry) -> {
          if (!key.equals("$schemas")) {
            plain.put(key, plain(entry.value()));
          }
        });
    return plain;
  }

  private static @Nullable Object plain(Node node) {
    return switch (node) {
      case MapNode map -> map(map);
      case ListNode list -> {
        List<@Nullable Object> items = new ArrayList<>();
        list.items().forEach(item -> items.add(plain(item)));
        yield items;
      }
      case ScalarNode scalar ->
          switch (scalar.kind()) {
            case NULL -> null;
            case BOOLEAN -> scalar.isTrue();
            case INTEGER -> integer(scalar.text());
            case DECIMAL -> Double.valueOf(scalar.text());
            case STRING -> scalar.text();
          };
    };
  }

  /** The library knows no whole numbers beyond 64 bits. */
  private static Object integer(String text) {
    BigInteger number = new BigInteger(text);
    if (number.bitLength() < 32) {
      return number.intValueExact();
    }
    return number.bitLength() < 64 ? (Object) number.longValueExact() : number.doubleValue();
  }
}
