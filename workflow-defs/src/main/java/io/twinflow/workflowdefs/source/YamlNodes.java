package io.twinflow.workflowdefs.source;

import io.twinflow.workflowdefs.source.ScalarNode.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML 1.2 text to nodes, from the parser's events; nothing is constructed but nodes. */
final class YamlNodes {

  private record Sized(Node node, long size) {}

  private final String source;
  private final ReadLimits limits;
  private final Map<Anchor, Sized> anchors = new HashMap<>();
  private final EmptyBlockScalars emptyTexts = new EmptyBlockScalars();
  private Iterator<Event> events = List.<Event>of().iterator();

  YamlNodes(String source, ReadLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  Node read(String text) throws InvalidDefinitionException {
    String mended = text;
    while (true) {
      try {
        anchors.clear();
        return readOnce(mended);
      } catch (MarkedYamlEngineException e) {
        mended = emptyTexts.mended(mended, e);
        if (mended == null) {
          throw new InvalidDefinitionException(YamlMistake.of(emptyTexts.asWritten(e), source));
        }
      } catch (ReaderException e) {
        throw new InvalidDefinitionException(YamlMistake.of(e, mended, source));
      } catch (YamlEngineException e) {
        throw problem(Position.startOf(source), "not YAML: " + e.getMessage());
      }
    }
  }

  private Node readOnce(String text) throws InvalidDefinitionException {
    LoadSettings settings =
        LoadSettings.builder().setLabel(source).setCodePointLimit(Integer.MAX_VALUE).build();
    events = new Parse(settings).parseString(text).iterator();
    events.next();
    Event start = events.next();
    if (start.getEventId() == Event.ID.StreamEnd) {
      throw problem(
          Position.startOf(source), "the file is empty; expected a YAML or JSON document.");
    }
    Node root = node(events.next(), 0).node();
    events.next();
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw problem(
          position(end),
          "a second YAML document begins here, expected one. Put each into a file of its own, or"
              + " several processes into one \"$graph\".");
    }
    return root;
  }

  private Sized node(Event event, int depth) throws InvalidDefinitionException {
    if (depth > limits.maxDepth()) {
      throw tooDeep(position(event), limits);
    }
    if (event instanceof AliasEvent alias) {
      Sized target = anchors.get(alias.getAlias());
      if (target == null) {
        throw problem(
            position(event), "the alias *" + alias.getAlias() + " has no anchor before it.");
      }
      return target;
    }
    Sized node =
        switch (event.getEventId()) {
          case Scalar -> new Sized(scalar((ScalarEvent) event), 1);
          case SequenceStart -> list(event, depth);
          case MappingStart -> map(event, depth);
          case StreamStart, StreamEnd, DocumentStart, DocumentEnd -> unexpected(event);
          case SequenceEnd, MappingEnd, Comment, Alias -> unexpected(event);
        };
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
    return node;
  }

  private static Sized unexpected(Event event) {
    throw new IllegalStateException("unexpected YAML event " + event);
  }

  private Sized list(Event start, int depth) throws InvalidDefinitionException {
    List<Node> items = new ArrayList<>();
    long size = 1;
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      Sized item = node(e, depth + 1);
      items.add(item.node());
      size = grown(size, item, e);
    }
    return new Sized(new ListNode(items, position(start)), size);
  }

  private Sized map(Event start, int depth) throws InvalidDefinitionException {
    Map<String, MapNode.Entry> entries = new LinkedHashMap<>();
    List<MapNode> merged = new ArrayList<>();
    long size = 1;
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      Sized keyNode = node(e, depth + 1);
      Position keyPosition = position(e);
      if (!(keyNode.node() instanceof ScalarNode key)) {
        throw problem(
            keyPosition, "expected a string as key, found " + keyNode.node().describe() + ".");
      }
      Event valueEvent = events.next();
      Sized value = node(valueEvent, depth + 1);
      size = grown(size, value, valueEvent);
      if (key.text().equals("<<") && isMerge(value.node(), merged)) {
        continue;
      }
      MapNode.Entry earlier =
          entries.putIfAbsent(key.text(), new MapNode.Entry(keyPosition, value.node()));
      if (earlier != null) {
        throw duplicate(key.text(), keyPosition, earlier.keyPosition());
      }
    }
    for (MapNode base : merged) {
      base.entries().forEach(entries::putIfAbsent);
    }
    return new Sized(new MapNode(entries, position(start)), size);
  }

  /** The merge key of YAML 1.1, which people go on using. */
  private static boolean isMerge(Node value, List<MapNode> merged) {
    if (value instanceof MapNode map) {
      merged.add(map);
      return true;
    }
    if (value instanceof ListNode list
        && list.items().stream().allMatch(MapNode.class::isInstance)) {
      list.items().forEach(item -> merged.add((MapNode) item));
      return true;
    }
    return false;
  }

  private long grown(long size, Sized item, Event event) throws InvalidDefinitionException {
    long grown = size + item.size();
    if (grown > limits.maxNodes()) {
      throw tooMany(position(event), limits);
    }
    return grown;
  }

  private ScalarNode scalar(ScalarEvent event) throws InvalidDefinitionException {
    Position position = position(event);
    String text = event.getValue();
    Optional<String> tag = event.getTag();
    if (tag.isEmpty() || tag.get().equals("!")) {
      return event.isPlain() && tag.isEmpty()
          ? PlainScalars.of(text, position)
          : new ScalarNode(Kind.STRING, text, position);
    }
    return switch (tag.get()) {
      case "tag:yaml.org,2002:str" -> new ScalarNode(Kind.STRING, text, position);
      case "tag:yaml.org,2002:int",
          "tag:yaml.org,2002:float",
          "tag:yaml.org,2002:bool",
          "tag:yaml.org,2002:null" ->
          PlainScalars.of(text, position);
      default ->
          throw problem(position, "the YAML tag " + tag.get() + " has no meaning here; remove it.");
    };
  }

  private Position position(Event event) {
    return event.getStartMark().map(this::position).orElse(Position.startOf(source));
  }

  private Position position(Mark mark) {
    return new Position(source, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static InvalidDefinitionException problem(Position position, String message) {
    return new InvalidDefinitionException(Problem.error(position, message));
  }

  static InvalidDefinitionException duplicate(String key, Position second, Position first) {
    return problem(
        second, "the key \"" + key + "\" stands twice in this map; the first is at " + first + ".");
  }

  static InvalidDefinitionException tooDeep(Position position, ReadLimits limits) {
    return problem(
        position, "maps and lists are nested deeper than the bound of " + limits.maxDepth() + ".");
  }

  static InvalidDefinitionException tooMany(Position position, ReadLimits limits) {
    return problem(
        position,
        "the document has more than "
            + limits.maxNodes()
            + " values once its aliases are put in place, which is the bound.");
  }
}
