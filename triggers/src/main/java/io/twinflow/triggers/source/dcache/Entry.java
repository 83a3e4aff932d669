package io.twinflow.triggers.source.dcache;

import io.twinflow.engine.core.plan.Digests;
import io.twinflow.triggers.source.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands at a path of the namespace.
 *
 * @param id dCache's own of the content; empty where it does not tell it
 * @param size negative while the file is being written
 */
record Entry(
    String path, Kind kind, String id, long size, @Nullable Instant modified, String mediaType) {

  private static final String TYPE = "io.twinflow.dcache.file";

  enum Kind {
    FILE,
    FOLDER,
    /** A link, or something special. */
    OTHER
  }

  /** As dCache's namespace tells it: times are milliseconds. */
  static Entry of(String path, JsonNode json) {
    return new Entry(
        path,
        switch (json.path("fileType").asString("")) {
          case "REGULAR" -> Kind.FILE;
          case "DIR" -> Kind.FOLDER;
          default -> Kind.OTHER;
        },
        json.path("pnfsId").asString(""),
        json.path("size").asLong(-1),
        json.has("mtime") ? Instant.ofEpochMilli(json.path("mtime").asLong(0)) : null,
        json.path("fileMimeType").asString(""));
  }

  boolean isWhole() {
    return kind == Kind.FILE && size >= 0;
  }

  /**
   * A file is known by its path and its content, which dCache never changes: so it is the same
   * event whether it was told or listed, and how often.
   */
  Message message(DcacheOptions options) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("path", path);
    if (options.door() != null) {
      data.put("location", options.door() + Paths.encoded(path));
    }
    if (!id.isEmpty()) {
      data.put("pnfsId", id);
    }
    data.put("size", size);
    if (modified != null) {
      data.put("modified", modified.toString());
    }
    if (!mediaType.isEmpty()) {
      data.put("mediaType", mediaType);
    }
    String content = id.isEmpty() ? String.valueOf(modified) : id;
    return new Message(
        options.channel(),
        Digests.sha256(String.join("\0", path, content, Long.toString(size))),
        TYPE,
        Map.of(),
        "application/json",
        path,
        modified,
        data.toString().getBytes(StandardCharsets.UTF_8));
  }
}
