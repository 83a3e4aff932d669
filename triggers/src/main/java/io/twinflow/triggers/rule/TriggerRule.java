package io.twinflow.triggers.rule;

import io.cloudevents.CloudEvent;
import io.twinflow.engine.core.settings.SettingsDocument;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.expression.ExpressionSyntax;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ScalarNode;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A trigger as its maker wrote it: which events, which workflow, with what inputs, and when.
 *
 * @param source the configured source whose events it is for; null for those that its owner sends
 * @param workflow what the catalogue knows it by
 * @param collect null for a run for each event
 * @param options of its runs in JSON, as the REST API takes them
 */
public record TriggerRule(
    String name,
    @Nullable String source,
    Filter filter,
    String workflow,
    Position workflowPlace,
    Mapping mapping,
    @Nullable Collect collect,
    Overlap overlap,
    Map<String, String> labels,
    String options) {

  private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final String NAMES =
      "a name of at most 63 small letters, digits and hyphens, as in gauge-readings";

  public TriggerRule {
    labels = Map.copyOf(labels);
  }

  /**
   * @param file what it is called in messages
   * @throws InvalidSettingException that names file:line:column of what cannot be used
   */
  public static TriggerRule read(String text, String file) throws InvalidSettingException {
    MapNode map = SettingsDocument.read(text, file, "a trigger: name:, filter:, workflow:");
    Map<String, Setting> fields = new LinkedHashMap<>(SettingsDocument.fields(map));
    Settings settings = Settings.whole(fields, map.position().toString());
    String name = settings.required("name", NAMES);
    if (!name.matches(NAME)) {
      throw settings.wrong("name", NAMES);
    }
    Settings filter =
        settings
            .section("filter", "fields: source, type, subject, mediaType, size, sql")
            .orElseThrow(() ->
                settings.wrong("filter", "fields: source, type, subject, mediaType, size, sql"));
    Optional<Settings> collect = settings.section("collect", "fields: by, count, within, quiet");
    Optional<Settings> overlap = settings.section("overlap", "fields: most, then");
    settings.fields("inputs", "a value for each input of the workflow");
    settings.fields("options", "options of a run, as the REST API takes them");
    String workflow = settings.required("workflow", "a workflow that the server keeps");
    TriggerRule rule =
        new TriggerRule(
            name,
            settings.text("source", "the name of a source").orElse(null),
            Filter.of(filter),
            workflow,
            place(map, "workflow"),
            new Mapping(section(map, "inputs")),
            collect.isEmpty() ? null : Collect.of(collect.get(), by(map, collect.get())),
            overlap.isEmpty() ? Overlap.ANY : Overlap.of(overlap.get()),
            settings.table("labels", "texts by their names"),
            json(section(map, "options")));
    settings.end();
    rule.checkExpressions();
    return rule;
  }

  private static Position place(MapNode map, String field) {
    MapNode.Entry entry = map.entries().get(field);
    return entry == null ? map.position() : entry.value().position();
  }

  private static MapNode section(MapNode map, String field) {
    MapNode.Entry entry = map.entries().get(field);
    return entry != null && entry.value() instanceof MapNode below
        ? below
        : new MapNode(Map.of(), place(map, field));
  }

  private static @Nullable ExpressionText by(MapNode map, Settings collect)
      throws InvalidSettingException {
    collect.text("by", "a reference such as $(self.parts[0])");
    MapNode.Entry entry = section(map, "collect").entries().get("by");
    return entry != null && entry.value() instanceof ScalarNode scalar
        ? new ExpressionText(scalar.text(), scalar.position())
        : null;
  }

  private static String json(Node node) throws InvalidSettingException {
    try {
      return ValueJson.write(Mapping.constant(node));
    } catch (NumberFormatException e) {
      throw new InvalidSettingException("%s: %s".formatted(node.position(), e.getMessage()));
    }
  }

  private void checkExpressions() throws InvalidSettingException {
    List<Problem> problems = new java.util.ArrayList<>(mapping.problems());
    if (collect != null && collect.by() != null) {
      // Asked of each event by the one that asks for all: it may not take long.
      problems.addAll(ExpressionSyntax.problems(collect.by(), false, List.of()));
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingException(
          problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
  }

  /**
   * Whether events of objects that are made in a bucket, with keys that begin so, may be for it; as
   * far as its patterns tell.
   */
  public boolean maySee(String bucket, String keys) {
    return filter.maySee(bucket, keys);
  }

  public Beginnings beginnings() {
    return filter.beginnings();
  }

  /** Why an event is not for it, in a sentence for its maker; empty if it is. */
  public Optional<String> refusal(CloudEvent event) {
    return filter.refusal(event);
  }

  /**
   * Which events go into one run with this one; empty for all.
   *
   * @throws ExpressionException if that cannot be told of this event
   */
  public String key(CloudEvent event, Evaluator evaluator) throws ExpressionException {
    if (collect == null || collect.by() == null) {
      return "";
    }
    Value value = evaluator.evaluate(collect.by(), EventValues.withoutJavaScript(event));
    return value instanceof StringValue(String text) ? text : ValueJson.write(value);
  }
}
