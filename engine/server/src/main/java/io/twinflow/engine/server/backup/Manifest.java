package io.twinflow.engine.server.backup;

import java.io.IOException;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands first in a backup.
 *
 * @param format of the archive
 * @param twinflow the version that made it
 * @param schema the version of the tables
 * @param installation that was backed up; a restored one gets a name of its own
 * @param data the folder that was backed up, as its journals name it
 * @param files whether results and working folders are in it
 */
record Manifest(
    int format,
    String twinflow,
    Instant made,
    String schema,
    String installation,
    String data,
    boolean files,
    long runs,
    long unfinished) {

  static final String NAME = "manifest.json";
  static final int FORMAT = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  String text() {
    return JSON.writeValueAsString(this) + "\n";
  }

  static Manifest read(String text) throws IOException {
    try {
      Manifest manifest = JSON.readValue(text, Manifest.class);
      if (manifest.format() < 1 || manifest.format() > FORMAT) {
        throw new IOException(
            "the backup has format %d and this Twinflow knows %d: use the newer Twinflow (%s) that made it"
                .formatted(manifest.format(), FORMAT, manifest.twinflow()));
      }
      return manifest;
    } catch (JacksonException e) {
      throw new IOException("%s cannot be read: %s".formatted(NAME, e.getOriginalMessage()), e);
    }
  }
}
