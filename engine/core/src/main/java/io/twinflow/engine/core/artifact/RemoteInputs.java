package io.twinflow.engine.core.artifact;

import java.io.IOException;
import java.net.URI;

/** Brings inputs that are elsewhere to where the site can read them. Safe for many threads. */
public interface RemoteInputs {

  /** For places where nothing remote is allowed. */
  RemoteInputs NONE =
      location -> {
        throw new IOException(
            "'%s' cannot be fetched here: only file: locations are".formatted(location));
      };

  /**
   * The {@code file:} location of a complete copy of what is there now, or was after the last
   * {@link #askAgain}. A copy never changes.
   *
   * @throws java.nio.file.NoSuchFileException if the server says that there is no such thing
   * @throws IOException if the scheme is not known or the transfer failed; says what to do
   */
  URI fetch(URI location) throws IOException;

  /**
   * The same for a folder: the location of a complete copy of all that is in it.
   *
   * @throws IOException also where there are no folders, as on the web
   */
  default URI fetchFolder(URI location) throws IOException {
    throw new IOException(
        "%s cannot be fetched as a folder: only s3: locations can; give a Directory with a listing of its files"
            .formatted(location));
  }

  /**
   * Whether it lies in the engine's own store: it is looked at there, and fetched only for sites
   * that cannot do so themselves.
   */
  default boolean isOwn(URI location) {
    return false;
  }

  /** A new run begins: what was fetched before may have changed where it came from. */
  default void askAgain() {}
}
