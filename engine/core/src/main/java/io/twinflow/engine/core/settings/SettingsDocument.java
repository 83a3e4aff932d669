package io.twinflow.engine.core.settings;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Setting.Written;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.NodeReader;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A document in YAML, each field with its file:line:column. */
public final class SettingsDocument {

  private SettingsDocument() {}

  /**
   * The document as a tree; its text must have fields.
   *
   * @param name in messages
   * @param expected in a person's words, as in "fields such as sites:"
   */
  public static MapNode read(String text, String name, String expected)
      throws InvalidSettingException {
    try {
      Node root = NodeReader.read(text, name, ReadLimits.DEFAULT);
      if (root instanceof MapNode map) {
        return map;
      }
      throw new InvalidSettingException(
          "%s: expected %s, found %s".formatted(root.position(), expected, root.describe()));
    } catch (InvalidDefinitionException e) {
      throw new InvalidSettingException(
          e.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
  }

  public static Map<String, Setting> fields(MapNode map) {
    Map<String, Setting> fields = new LinkedHashMap<>();
    map.entries().forEach((name, entry) -> fields.put(name, setting(entry.value())));
    return fields;
  }

  private static Setting setting(Node node) {
    String place = node.position().toString();
    return switch (node) {
      case ScalarNode scalar ->
          Setting.text(scalar.kind() == ScalarNode.Kind.NULL ? "" : scalar.text(), place);
      case ListNode list ->
          new Setting(
              new Written.Items(list.items().stream().map(SettingsDocument::setting).toList()),
              place);
      case MapNode map -> new Setting(new Written.Fields(fields(map)), place);
    };
  }
}
