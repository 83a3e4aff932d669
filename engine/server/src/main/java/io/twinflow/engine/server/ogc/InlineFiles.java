package io.twinflow.engine.server.ogc;

import io.twinflow.engine.server.results.MediaTypes;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.FileTraits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Files of an execute request: by reference, or with their contents, which are written down. */
final class InlineFiles {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Map<String, String> ENDINGS =
      Map.ofEntries(
          Map.entry("application/geo+json", "geojson"),
          Map.entry("application/json", "json"),
          Map.entry("application/netcdf", "nc"),
          Map.entry("application/pdf", "pdf"),
          Map.entry("application/x-hdf5", "h5"),
          Map.entry("application/xml", "xml"),
          Map.entry("application/yaml", "yaml"),
          Map.entry("application/zip", "zip"),
          Map.entry("image/jpeg", "jpg"),
          Map.entry("image/png", "png"),
          Map.entry("image/tiff", "tif"),
          Map.entry("text/csv", "csv"),
          Map.entry("text/plain", "txt"),
          Map.entry("text/tab-separated-values", "tsv"));

  private final Path folder;
  private int written;

  InlineFiles(Path folder) {
    this.folder = folder;
  }

  static ObjectNode directory(String name, JsonNode node) {
    if (node.path("class").asString("").equals("Directory")) {
      return (ObjectNode) node;
    }
    String url =
        node.isString()
            ? Qualified.url(name, JSON.objectNode().put("href", node.stringValue()))
            : Qualified.isReference(node) ? Qualified.url(name, node) : "";
    if (url.isEmpty()) {
      throw OgcErrors.invalid("%s: expected a link to a folder, found %s".formatted(name, node));
    }
    return JSON.objectNode().put("class", "Directory").put("location", url);
  }

  ObjectNode file(String name, JsonNode node, FileTraits traits) throws IOException {
    if (node.path("class").asString("").equals("File")) {
      return (ObjectNode) node;
    }
    String said = Qualified.mediaType(node);
    ObjectNode file = JSON.objectNode().put("class", "File");
    if (Qualified.isReference(node)) {
      file.put("location", Qualified.url(name, node));
    } else {
      file.put("location", write(name, node, said, traits));
    }
    String format = format(name, said, traits);
    if (!format.isEmpty()) {
      file.put("format", format);
    }
    return file;
  }

  private String write(String name, JsonNode node, String said, FileTraits traits)
      throws IOException {
    JsonNode value = Qualified.unwrapped(node);
    List<String> declared = CwlSchema.mediaTypes(traits);
    String type = !said.isEmpty() ? said : declared.isEmpty() ? "" : declared.getFirst();
    byte[] bytes =
        value.isString()
            ? bytes(name, value.stringValue(), Qualified.isBase64(node), type)
            : value.toString().getBytes(StandardCharsets.UTF_8);
    String base = type.contains(";") ? type.substring(0, type.indexOf(';')) : type;
    String ending = ENDINGS.getOrDefault(base, value.isString() ? "dat" : "json");
    String file = "inputs/%d/%s.%s".formatted(written++, safe(name), ending);
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, bytes);
    return file;
  }

  private static String safe(String name) {
    String kept = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return kept.isEmpty() || kept.startsWith(".") ? "_" + kept : kept;
  }

  /** Contents that are not text by their type are base64, as JSON can carry nothing else. */
  private static byte[] bytes(String name, String text, boolean base64, String type) {
    boolean isText = type.isEmpty() || isText(name, type);
    if (!base64 && isText && !type.isEmpty()) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getMimeDecoder().decode(strict(text));
    } catch (IllegalArgumentException e) {
      if (base64 || !isText) {
        throw OgcErrors.invalid(
            "%s: expected contents in base64: %s".formatted(name, e.getMessage()));
      }
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** The lenient decoder skips what is no base64; that would lose text. */
  private static String strict(String text) {
    String bare = text.replaceAll("\\s", "");
    if (!bare.matches("[A-Za-z0-9+/]*={0,2}") || bare.length() % 4 != 0) {
      throw new IllegalArgumentException("it holds other characters, or has a wrong length");
    }
    return bare;
  }

  private static boolean isText(String name, String type) {
    try {
      return MediaTypes.isText(MediaType.parseMediaType(type));
    } catch (InvalidMediaTypeException e) {
      throw OgcErrors.invalid("%s: %s is no media type".formatted(name, type));
    }
  }

  /** The declared format that the media type names; the only one, if none was named. */
  private static String format(String name, String said, FileTraits traits) {
    List<String> formats =
        traits.formats().stream()
            .filter(format -> !format.needsEvaluation())
            .map(ExpressionText::text)
            .toList();
    if (formats.isEmpty()) {
      return "";
    }
    List<String> declared = CwlSchema.mediaTypes(traits);
    if (said.isEmpty() || declared.isEmpty()) {
      return formats.getFirst();
    }
    return formats.stream()
        .filter(format -> said.equals(MediaTypes.ofFormat(format)))
        .findFirst()
        .orElseThrow(() ->
            OgcErrors.invalid(
                "%s: expected one of the media types %s, found %s"
                    .formatted(name, declared, said)));
  }
}
