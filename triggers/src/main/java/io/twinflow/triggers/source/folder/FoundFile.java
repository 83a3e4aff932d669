package io.twinflow.triggers.source.folder;

import io.twinflow.engine.core.plan.Digests;
import io.twinflow.triggers.source.Message;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A file as it was at one moment.
 *
 * @param name its path below the folder, with slashes
 */
record FoundFile(String name, Path file, long size, Instant modified) {

  private static final String TYPE = "io.twinflow.folder.file";

  static FoundFile of(Path folder, Path file, BasicFileAttributes attributes) {
    return new FoundFile(
        folder.relativize(file).toString().replace(File.separatorChar, '/'),
        file,
        attributes.size(),
        attributes.lastModifiedTime().toInstant());
  }

  /** Whether it is as it was. */
  boolean isAs(FoundFile before) {
    return size == before.size && modified.equals(before.modified);
  }

  /**
   * A file is known by its name, its size and when it was changed; so the same one is the same
   * event after a restart, from a copy of the disk, and on another server.
   */
  Message message(URI channel) {
    var data = JsonNodeFactory.instance.objectNode();
    data.put("location", file.toUri().toASCIIString());
    data.put("size", size);
    data.put("modified", modified.toString());
    return new Message(
        channel,
        Digests.sha256(String.join("\0", name, Long.toString(size), modified.toString())),
        TYPE,
        Map.of(),
        "application/json",
        name,
        modified,
        data.toString().getBytes(StandardCharsets.UTF_8));
  }
}
