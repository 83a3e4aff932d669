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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trigger as its maker wrote it: which events, which workflow, with what inputs, and when; or
 * what processes that go on are told.
 *
 * @param source the configured source whose events it is for; null for those that its owner sends
 * @param workflow what the catalogue knows it by; empty if it makes no runs
 * @param telling null if it makes runs
 * @param decide null if no table is asked before
 * @param check null if nothing looks at the data before
 * @param collect null for a run for each event
 * @param rate null for no bound
 * @param options of its runs in JSON, as the REST API takes them
 */
public record TriggerRule(
    String name,
    @Nullable String source,
    Filter filter,
    String workflow,
    Position workflowPlace,
    Mapping mapping,
    @Nullable Telling telling,
    @Nullable Decide decide,
    @Nullable Check check,
    @Nullable Collect collect,
    @Nullable Rate rate,
    Overlap overlap,
    Map<String, String> labels,
    String options) {

  private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final List<String> OF_RUNS =
      List.of("workflow", "inputs", "check", "collect", "rate", "overlap", "labels", "options");

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
    Optional<Settings> decide = settings.section("decide", Decide.FIELDS);
    Optional<Settings> check = settings.section("check", "fields: workflow, inputs");
    Optional<Settings> collect = settings.section("collect", Collect.FIELDS);
    Optional<Settings> rate = settings.section("rate", "fields: most, per");
    Optional<Settings> overlap = settings.section("overlap", "fields: most, then");
    settings.fields("inputs", "a value for each input of the workflow");
    settings.fields("options", "options of a run, as the REST API takes them");
    @Nullable Telling telling = telling(settings, map);
    String workflow = telling == null ? workflow(settings) : "";
    TriggerRule rule =
        new TriggerRule(
            name,
            settings.text("source", "the name of a source").orElse(null),
            Filter.of(filter),
            workflow,
            place(map, "workflow"),
            new Mapping(section(map, "inputs")),
            telling,
            decide.isEmpty() ? null : decide(section(map, "decide"), decide.get()),
            check.isEmpty() ? null : check(section(map, "check"), check.get()),
            collect.isEmpty() ? null : collect(map, collect.get()),
            rate.isEmpty() ? null : Rate.of(rate.get()),
            overlap.isEmpty() ? Overlap.ANY : Overlap.of(overlap.get()),
            settings.table("labels", "texts by their names"),
            json(section(map, "options")));
    settings.end();
    rule.checkExpressions();
    return rule;
  }

  private static String workflow(Settings settings) throws InvalidSettingException {
    return settings.required("workflow", "a workflow that the server keeps");
  }

  /** A process that goes on has its inputs and options, and takes one thing at a time. */
  private static @Nullable Telling telling(Settings settings, MapNode map)
      throws InvalidSettingException {
    Optional<Settings> message = settings.section("message", Message.FIELDS);
    Optional<Settings> signal = settings.section("signal", Signal.FIELDS);
    if (message.isEmpty() && signal.isEmpty()) {
      return null;
    }
    if (message.isPresent() && signal.isPresent()) {
      throw settings.wrong("signal", "none beside message: a trigger each");
    }
    String kind = message.isPresent() ? "message" : "signal";
    for (String field : OF_RUNS) {
      if (settings.has(field)) {
        throw settings.wrong(
            field, "none beside %s, which goes to what was started before".formatted(kind));
      }
    }
    return message.isPresent()
        ? Message.of(message.get(), content(section(map, kind), "run", "where", "values"))
        : Signal.of(signal.orElseThrow(), content(section(map, kind), "values"));
  }

  private static Mapping content(MapNode map, String... fields) {
    Map<String, MapNode.Entry> made = new LinkedHashMap<>(map.entries());
    made.keySet().retainAll(List.of(fields));
    return new Mapping(new MapNode(made, map.position()));
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

  private static Decide decide(MapNode map, Settings decide) throws InvalidSettingException {
    return Decide.of(decide, place(map, "decision"), new Mapping(section(map, "inputs")));
  }

  private static Check check(MapNode map, Settings check) throws InvalidSettingException {
    check.fields("inputs", "a value for each input of the workflow");
    return new Check(
        check.required("workflow", "a workflow that the server keeps"),
        place(map, "workflow"),
        new Mapping(section(map, "inputs")));
  }

  private static Collect collect(MapNode map, Settings collect) throws InvalidSettingException {
    return Collect.of(collect, reference(map, collect, "by"), reference(map, collect, "each"));
  }

  private static @Nullable ExpressionText reference(MapNode map, Settings collect, String field)
      throws InvalidSettingException {
    collect.text(field, "a reference such as $(self.parts[0])");
    MapNode.Entry entry = section(map, "collect").entries().get(field);
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
    if (telling != null) {
      problems.addAll(telling.mapping().problems());
    }
    if (check != null) {
      problems.addAll(check.mapping().problems());
    }
    if (decide == null) {
      decided().forEach(each -> problems.addAll(CheckDecision.ofNone(each)));
    } else {
      problems.addAll(decide.mapping().problems());
      problems.addAll(CheckDecision.ofNone(decide.mapping()));
    }
    if (collect != null) {
      // Asked of each event by the one that asks for all: they may not take long.
      Stream.of(Optional.ofNullable(collect.by()), Optional.ofNullable(collect.each()))
          .flatMap(Optional::stream)
          .forEach(text -> problems.addAll(ExpressionSyntax.problems(text, false, List.of())));
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingException(
          problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
  }

  /** What is made after the decision, and may see it. */
  List<Mapping> decided() {
    return Stream.of(
            Optional.of(mapping),
            Optional.ofNullable(telling).map(Telling::mapping),
            Optional.ofNullable(check).map(Check::mapping))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Whether events of objects that are made in a bucket, with keys that begin so, may be for it; as
   * far as its patterns tell.
   */
  public boolean maySee(String bucket, String keys) {
    return filter.maySee(bucket, keys);
  }

  /**
   * Whether events like this one, whose subjects begin so, may be for it; as far as that can be
   * told.
   */
  public boolean maySee(CloudEvent like, String subjects) {
    return filter.maySee(like, subjects);
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
    return collect == null || collect.by() == null ? "" : text(collect.by(), event, evaluator);
  }

  /**
   * Which of those that its run waits for an event is; empty if it waits for none.
   *
   * @throws ExpressionException if that cannot be told of this event
   */
  public Optional<String> item(CloudEvent event, Evaluator evaluator) throws ExpressionException {
    return collect == null || collect.each() == null
        ? Optional.empty()
        : Optional.of(text(collect.each(), event, evaluator));
  }

  private static String text(ExpressionText reference, CloudEvent event, Evaluator evaluator)
      throws ExpressionException {
    Value value = evaluator.evaluate(reference, EventValues.withoutJavaScript(event));
    return value instanceof StringValue(String text) ? text : ValueJson.write(value);
  }
}
