package io.twinflow.engine.core.cache;

import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** Entries as files by key. An entry appears whole or not at all; one that is damaged is a miss. */
final class CacheFolder {

  private static final Logger LOG = System.getLogger(CacheFolder.class.getName());

  private final Path folder;
  private final String tenant;

  CacheFolder(Path cache, String tenant) {
    this.folder = cache.resolve(tenant);
    this.tenant = tenant;
  }

  /**
   * @param written when it was
   */
  record Found(CacheEntry entry, FileTime written) {}

  Optional<Found> find(String key) {
    Path file = file(key);
    try {
      FileTime written = Files.getLastModifiedTime(file);
      Optional<CacheEntry> entry =
          CacheEntry.of(ValueJson.read(Files.readString(file)))
              .filter(e -> e.key().equals(key) && e.tenant().equals(tenant));
      if (entry.isEmpty()) {
        LOG.log(Level.WARNING, "{0} is no cache entry; it is not used", file);
      }
      return entry.map(e -> new Found(e, written));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | InvalidJsonException e) {
      LOG.log(Level.WARNING, "{0} cannot be read and is not used: {1}", file, e.getMessage());
      return Optional.empty();
    }
  }

  void put(CacheEntry entry) throws IOException {
    Path file = file(entry.key());
    Path parent = file.resolveSibling("");
    Files.createDirectories(parent);
    Path part = Files.createTempFile(parent, "new", ".part");
    try {
      Files.writeString(part, ValueJson.write(entry.toValue()), StandardCharsets.UTF_8);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Path file(String key) {
    return folder.resolve(key.substring(0, 2)).resolve(key + ".json");
  }
}
