package io.twinflow.engine.core.artifact;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Looks at artifacts by location, without their bytes passing through the heap. Safe for many
 * threads.
 */
public interface Artifacts {

  /** Empty if there is nothing at the location. */
  Optional<Stat> stat(URI location) throws IOException;

  /** The direct children of a folder, sorted by name. */
  List<Stat> list(URI directory) throws IOException;

  /**
   * At most {@code limit} bytes from the start.
   *
   * @param limit bytes
   */
  byte[] read(URI file, int limit) throws IOException;

  /** Size and digests in one pass; may be remembered while the file does not change. */
  Identity identify(URI file) throws IOException;

  /**
   * @param size bytes; 0 for folders
   */
  record Stat(URI location, String name, boolean directory, long size) {}

  /**
   * @param sha1 and sha256 in lower-case hexadecimal digits
   * @param size bytes
   */
  record Identity(String sha1, String sha256, long size) {}
}
