package io.twinflow.engine.stores.near;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * When copies were used last, as a file beside them for each: a tool is told that its input was
 * changed if the copy's own time changes. Written at most once an hour for each.
 */
final class LastUse {

  private static final Duration OFTEN_ENOUGH = Duration.ofHours(1);
  private static final int REMEMBERED = 10_000;

  private final Path root;
  private final Path notes;
  private final Map<Path, Instant> noted =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  LastUse(Path root) {
    this.root = root;
    this.notes = root.resolve("used");
  }

  synchronized void note(Path copy) throws IOException {
    Instant now = Instant.now();
    Instant before = noted.get(copy);
    if (before != null && before.plus(OFTEN_ENOUGH).isAfter(now)) {
      return;
    }
    Files.createDirectories(notes);
    Files.write(place(copy), new byte[0]);
    Files.setLastModifiedTime(place(copy), FileTime.from(now));
    noted.put(copy, now);
  }

  /** When it came, if it was not used since. */
  Instant of(Path copy) throws IOException {
    Instant came = Files.getLastModifiedTime(copy).toInstant();
    try {
      Instant used = Files.getLastModifiedTime(place(copy)).toInstant();
      return used.isAfter(came) ? used : came;
    } catch (NoSuchFileException e) {
      return came;
    }
  }

  synchronized void forget(Path copy) throws IOException {
    noted.remove(copy);
    Files.deleteIfExists(place(copy));
  }

  private Path place(Path copy) {
    String name = root.relativize(copy).toString();
    return notes.resolve(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }
}
