package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.LoadListing;
import io.twinflow.workflowdefs.cwl.Operation;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Processes of all classes, each read once per scope however often it is referred to. */
final class ProcessReader {

  private static final List<String> CLASSES =
      List.of("CommandLineTool", "ExpressionTool", "Workflow", "Operation");

  private static final int MOST_NESTED = 64;

  private record Key(String iri, Scope scope) {}

  private final Reading reading;
  private final ProcessFinder finder;
  private final Map<Key, @Nullable CwlProcess> known = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  ProcessReader(Reading reading) {
    this.reading = reading;
    this.finder = new ProcessFinder(reading);
  }

  /** Null if it cannot be read at all; the problems say why. */
  @Nullable CwlProcess refer(String iri, @Nullable Position from, Scope scope) {
    ProcessFinder.Found found;
    try {
      found = finder.find(iri, from);
    } catch (InvalidDefinitionException e) {
      reading.problems().addAll(e.problems());
      return null;
    }
    if (found == null) {
      return null;
    }
    Key key = new Key(found.iri(), scope);
    if (open.contains(found.iri())) {
      reading.error(
          from == null ? found.map().position() : from,
          "this workflow runs itself: " + String.join(" → ", open) + " → " + found.iri() + ".");
      return null;
    }
    if (open.size() >= MOST_NESTED) {
      reading.error(
          from == null ? found.map().position() : from,
          "workflows run workflows more than %d deep; that is the bound.".formatted(MOST_NESTED));
      return null;
    }
    if (!known.containsKey(key)) {
      open.addLast(found.iri());
      known.put(key, read(found.map(), found.iri(), found.version(), scope, null));
      open.removeLast();
    }
    return known.get(key);
  }

  /** Reads a process that stands where it is used, or at the root of a document. */
  @Nullable CwlProcess read(
      MapNode map, String iri, @Nullable String version, Scope scope, @Nullable NamedTypes outer) {
    ProcessContext context = context(map, iri, version, scope, outer);
    if (context == null) {
      return null;
    }
    String kind = map.string("class");
    CwlProcess process =
        switch (kind == null ? "" : Names.last(kind)) {
          case "CommandLineTool" -> new ToolReader(context).read();
          case "ExpressionTool" -> new ExpressionToolReader(context).read();
          case "Workflow" -> new WorkflowReader(context, this).read();
          case "Operation" -> operation(context);
          default -> {
            unknownClass(map, kind);
            yield null;
          }
        };
    if (process != null) {
      context.fields().done();
    }
    return process;
  }

  private void unknownClass(MapNode map, @Nullable String kind) {
    Node node = map.get("class");
    if (kind != null && kind.endsWith("ProcessGenerator")) {
      reading
          .problems()
          .unsupported(
              node == null ? map.position() : node.position(),
              "a ProcessGenerator, an extension of cwltool, is not supported. Run its tool by itself,"
                  + " then the process that it writes.");
      return;
    }
    if (kind == null) {
      reading.error(
          node == null ? map.position() : node.position(),
          "expected a process with \"class\", one of " + String.join(", ", CLASSES) + ".");
      return;
    }
    reading.error(
        node == null ? map.position() : node.position(),
        "unknown class \""
            + kind
            + "\"; expected one of "
            + String.join(", ", CLASSES)
            + "."
            + NearestName.hint(kind, CLASSES));
  }

  private Operation operation(ProcessContext context) {
    return new Operation(
        context.header(),
        context.parameters(true).inputs(context.fields(), null),
        context.parameters(false).outputs(context.fields(), PlainOutputs.INSTANCE));
  }

  private @Nullable ProcessContext context(
      MapNode map, String iri, @Nullable String around, Scope scope, @Nullable NamedTypes outer) {
    String text = map.string("cwlVersion");
    text = text == null ? around : text;
    text = text == null ? scope.version() : text;
    CwlVersion version = version(map, text);
    if (version == null || text == null) {
      return null;
    }
    Fields fields =
        new Fields(map, processName(map), reading)
            .ignore("class", "id", "cwlVersion", "$namespaces", "$schemas", "$base");
    RequirementsReader.Found found = new RequirementsReader(reading, version).read(fields);
    if (found.loop() != null) {
      reading.error(
          found.loop().position(),
          "a Loop belongs to the requirements of a step; this is a " + map.string("class") + ".");
    }
    Requirements requirements = Upgrade.requirements(found.requirements(), version, map.position());
    Scope inner =
        new Scope(
            text,
            requirements
                .find(Requirement.LoadListingDefault.class)
                .map(Requirement.LoadListingDefault::loadListing)
                .orElse(scope.listing()),
            requirements
                .find(Requirement.InlineJavascript.class)
                .map(Requirement.InlineJavascript::expressionLib)
                .orElse(scope.expressionLib()));
    CwlProcess.Header header =
        new CwlProcess.Header(
            iri,
            Names.ofProcess(iri),
            fields.string("label"),
            fields.text("doc"),
            text,
            version == CwlVersion.V1_2 ? fields.strings("intent") : List.of(),
            requirements,
            map.position());
    LoadListing listing = inner.listing();
    return new ProcessContext(
        reading,
        fields,
        version,
        header,
        NamedTypes.of(map, reading, outer),
        inner,
        listing == null ? LoadListing.NONE : listing);
  }

  private static String processName(MapNode map) {
    String kind = map.string("class");
    return kind == null ? "process" : kind;
  }

  private @Nullable CwlVersion version(MapNode map, @Nullable String text) {
    if (text == null) {
      reading.error(
          map.position(),
          "the field \"cwlVersion\" is missing; expected one of "
              + String.join(", ", CwlVersion.NAMES)
              + ".");
      return null;
    }
    CwlVersion version = CwlVersion.of(text);
    if (version == null) {
      Node node = map.get("cwlVersion");
      reading.error(
          node == null ? map.position() : node.position(),
          "cwlVersion \""
              + text
              + "\" is not read; expected one of "
              + String.join(", ", CwlVersion.NAMES)
              + CwlVersion.advice(text));
    }
    return version;
  }

  /** The id of a process that stands inside another. */
  static String innerIri(String iri, String name) {
    return iri + (Iri.fragment(iri).isEmpty() ? "#" : "/") + name;
  }
}
