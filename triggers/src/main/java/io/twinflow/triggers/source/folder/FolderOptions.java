package io.twinflow.triggers.source.folder;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * @param settle so long a file must be as it is, before it is complete
 * @param every so often it is listed, whatever the system tells of it
 * @param most files at one time
 */
record FolderOptions(Path path, Duration settle, Duration every, int most) {

  /** The source of its events. */
  URI channel() {
    return URI.create(path.toUri().toASCIIString());
  }
}
