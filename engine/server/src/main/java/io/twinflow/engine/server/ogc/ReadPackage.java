package io.twinflow.engine.server.ogc;

import io.twinflow.engine.server.runs.LoadSubmitted;
import io.twinflow.engine.server.runs.Uploads;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.WorkflowPart;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.NodeReader;
import io.twinflow.workflowdefs.source.ReadLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what is deployed: a CWL document, or an OGC application package that holds one or leads to
 * one. Part 2, requirements classes "CWL" and "OGC Application Package".
 */
@Component
class ReadPackage {

  private static final String FILE = "package.cwl";
  private static final String UNNAMED = "package";
  private static final Set<String> CWL =
      Set.of("application/cwl", "application/cwl+yaml", "application/cwl+json");
  private static final Set<String> PACKAGE =
      Set.of("application/ogcapppkg+json", "application/json");
  private static final int MOST_ID = 200;
  private static final int VERSION_DIGITS = 12;

  private final LoadSubmitted load;
  private final Uploads uploads;
  private final JsonMapper json;

  ReadPackage(LoadSubmitted load, Uploads uploads, JsonMapper json) {
    this.load = load;
    this.uploads = uploads;
    this.json = json;
  }

  /**
   * @param type the media type of the request
   * @param workflow which process of a packed document; null for the first
   */
  StoredProcess read(Caller caller, @Nullable String type, String body, @Nullable String workflow)
      throws IOException, InvalidDefinitionException {
    String bare = bare(type);
    Path folder = uploads.newFolder();
    try {
      JsonNode description = json.createObjectNode();
      String source = FILE;
      boolean mutable = true;
      if (CWL.contains(bare)) {
        uploads.write(folder, FILE, body);
      } else {
        JsonNode found = parsed(body);
        JsonNode process = found.at("/processDescription/process");
        if (process.isMissingNode()) {
          process = found.path("processDescription");
        }
        description = process.isObject() ? process : description;
        mutable = process.path("mutable").asBoolean(true);
        source = unit(folder, found.has("cwlVersion") ? found : found.path("executionUnit"));
      }
      WorkflowDocument document = load(folder, source, workflow);
      String id = id(description, document, name(folder, source, document, workflow));
      return new StoredProcess(
          id,
          caller.subject(),
          description.path("version").asString(document.version().substring(0, VERSION_DIGITS)),
          document.pinned(),
          description,
          mutable,
          bare,
          body);
    } finally {
      uploads.discard(folder);
    }
  }

  /** Before anything is read: only what is no upload has a bound. */
  static void checkType(@Nullable String type) {
    if (!CWL.contains(bare(type)) && !PACKAGE.contains(bare(type))) {
      throw OgcErrors.deploy(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "unsupported-media-type",
          "expected one of %s or application/ogcapppkg+json, found %s".formatted(CWL, type));
    }
  }

  private static String bare(@Nullable String type) {
    String text = type == null ? "" : type;
    int end = text.indexOf(';');
    return (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private JsonNode parsed(String body) {
    try {
      return json.readTree(body);
    } catch (JacksonException e) {
      throw OgcErrors.invalid("the package is not JSON: " + e.getOriginalMessage());
    }
  }

  /** The document of an execution unit: it stands there, is led to, or is the first of several. */
  private String unit(Path folder, JsonNode unit) throws IOException {
    if (unit.isArray() && !unit.isEmpty()) {
      return unit(folder, unit.get(0));
    }
    if (unit.has("cwlVersion")) {
      uploads.write(folder, FILE, unit.toString());
      return FILE;
    }
    JsonNode href = unit.path("href");
    if (href.isString()) {
      return url(href.stringValue());
    }
    JsonNode value = unit.path("value");
    if (value.isObject() || value.isString()) {
      uploads.write(folder, FILE, value.isString() ? value.stringValue() : value.toString());
      return FILE;
    }
    throw OgcErrors.invalid(
        "executionUnit: expected a CWL document as a value, or a link to one (href), found "
            + (unit.isMissingNode() ? "nothing" : unit.toString()));
  }

  private static String url(String href) {
    if (!href.startsWith("http://") && !href.startsWith("https://")) {
      throw OgcErrors.invalid("executionUnit: expected an http(s) URL as href, found " + href);
    }
    return href;
  }

  private WorkflowDocument load(Path folder, String source, @Nullable String workflow)
      throws InvalidDefinitionException {
    List<WorkflowPart> parts = load.parts(folder, source);
    if (workflow != null) {
      return named(folder, source, workflow, parts);
    }
    if (parts.size() == 1) {
      return parts.getFirst().runnable();
    }
    return parts.stream()
        .filter(part -> part.document().process() instanceof Workflow)
        .findFirst()
        .orElse(parts.getFirst())
        .runnable();
  }

  private WorkflowDocument named(
      Path folder, String source, String workflow, List<WorkflowPart> parts)
      throws InvalidDefinitionException {
    for (WorkflowPart part : parts) {
      if (part.document().process().header().name().equals(workflow)) {
        return part.runnable();
      }
    }
    try {
      return load.workflow(folder, source + "#" + workflow);
    } catch (InvalidDefinitionException e) {
      throw OgcErrors.deploy(
          HttpStatus.BAD_REQUEST,
          "workflow-not-found",
          "w: there is no usable workflow %s in the package: %s"
              .formatted(workflow, e.getMessage()));
    }
  }

  /** As the document calls itself; else the name of its file. */
  private String name(
      Path folder, String source, WorkflowDocument document, @Nullable String workflow)
      throws IOException, InvalidDefinitionException {
    if (workflow != null) {
      return workflow;
    }
    if (!document.process().header().id().contains("#")) {
      byte[] bytes =
          source.equals(FILE)
              ? Files.readAllBytes(folder.resolve(FILE))
              : load.fetch(folder, source);
      String id =
          NodeReader.read(bytes, source, ReadLimits.DEFAULT) instanceof MapNode root
              ? root.string("id")
              : null;
      if (id != null) {
        return id.substring(id.lastIndexOf('#') + 1);
      }
    }
    return document.process().header().name();
  }

  private static String id(JsonNode description, WorkflowDocument document, String name) {
    String id = description.path("id").asString(name);
    if (id.equals(UNNAMED)) {
      return "process-" + document.version().substring(0, VERSION_DIGITS);
    }
    if (id.isBlank()
        || id.length() > MOST_ID
        || id.contains("/")
        || id.chars().anyMatch(Character::isISOControl)) {
      throw OgcErrors.invalid(
          "id: expected a name of at most %d characters without '/', found %s"
              .formatted(MOST_ID, id));
    }
    return id;
  }
}
