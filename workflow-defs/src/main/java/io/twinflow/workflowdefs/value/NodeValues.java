package io.twinflow.workflowdefs.value;

import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of a document to values. Locations and paths of files become absolute IRIs, relative to the
 * document that names them.
 */
public final class NodeValues {

  private final NodeContext context;
  private final ProblemLog problems;

  public NodeValues(NodeContext context, ProblemLog problems) {
    this.context = context;
    this.problems = problems;
  }

  public Value value(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case ListNode list -> new ListValue(list.items().stream().map(this::value).toList());
      case MapNode map -> map(map);
    };
  }

  private Value scalar(ScalarNode scalar) {
    return switch (scalar.kind()) {
      case NULL -> NullValue.NULL;
      case BOOLEAN -> BooleanValue.of(scalar.isTrue());
      case STRING -> new StringValue(scalar.text());
      case INTEGER -> Numbers.whole(scalar.text());
      case DECIMAL -> decimal(scalar);
    };
  }

  private Value decimal(ScalarNode scalar) {
    try {
      return Numbers.decimal(scalar.text());
    } catch (NumberFormatException e) {
      problems.error(scalar.position(), e.getMessage() + ".");
      return NullValue.NULL;
    }
  }

  private Value map(MapNode map) {
    String kind = map.string("class");
    if ("File".equals(kind)) {
      return file(map);
    }
    if ("Directory".equals(kind)) {
      return directory(map);
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    map.entries().forEach((name, entry) -> fields.put(name, value(entry.value())));
    return new RecordValue(fields);
  }

  private FileValue file(MapNode map) {
    String location = location(map);
    String contents = map.string("contents");
    if (location == null && contents == null) {
      problems.error(
          map.position(),
          "a File needs \"location\", \"path\" or \"contents\"; this one has none of them.");
    }
    String format = map.string("format");
    return new FileValue(
        location,
        null,
        basename(map, location),
        map.string("checksum"),
        size(map),
        files(map, "secondaryFiles"),
        format == null ? null : context.expand(format, map.position()),
        contents);
  }

  private @Nullable Long size(MapNode map) {
    Node size = map.get("size");
    if (size == null) {
      return null;
    }
    return value(size) instanceof IntegerValue integer ? integer.value() : null;
  }

  private DirectoryValue directory(MapNode map) {
    String location = location(map);
    Node listing = map.get("listing");
    if (location == null && listing == null) {
      problems.error(
          map.position(),
          "a Directory needs \"location\", \"path\" or \"listing\"; this one has none of them.");
    }
    return new DirectoryValue(
        location, null, basename(map, location), listing == null ? null : files(map, "listing"));
  }

  private List<FileOrDirectory> files(MapNode map, String field) {
    List<FileOrDirectory> files = new ArrayList<>();
    Node node = map.get(field);
    if (node instanceof ListNode list) {
      for (Node item : list.items()) {
        if (value(item) instanceof FileOrDirectory file) {
          files.add(file);
        } else {
          problems.error(
              item.position(),
              "expected a File or Directory in \"" + field + "\", found " + item.describe() + ".");
        }
      }
    } else if (node != null) {
      problems.error(
          node.position(),
          "expected a list of Files and Directories in \""
              + field
              + "\", found "
              + node.describe()
              + ".");
    }
    return files;
  }

  private @Nullable String location(MapNode map) {
    String base = context.base(map.position());
    String location = map.string("location");
    if (location != null) {
      return Iri.resolveLocation(base, location);
    }
    String path = map.string("path");
    if (path == null) {
      return null;
    }
    return Iri.isAbsolute(path) ? Iri.resolveLocation(base, path) : Iri.resolvePath(base, path);
  }

  private static @Nullable String basename(MapNode map, @Nullable String location) {
    String basename = map.string("basename");
    return basename != null || location == null ? basename : Iri.basename(location);
  }
}
