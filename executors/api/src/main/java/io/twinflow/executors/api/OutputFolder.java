package io.twinflow.executors.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The working folder of an ended attempt, for collecting its outputs. Never leaves the folder: a
 * path or link that does is an {@link EscapeException}, except a link to something that was staged
 * into the attempt, which stands for its source.
 *
 * <p>Paths are as the tool saw them, absolute or relative to the layout's outdir.
 */
public interface OutputFolder {

  /** What a glob finds, sorted by path; glob(7), a leading dot must be matched explicitly. */
  List<Entry> glob(String pattern) throws IOException, EscapeException;

  Optional<Entry> find(String path) throws IOException, EscapeException;

  /** The direct children, sorted by name. */
  List<Entry> list(Entry directory) throws IOException, EscapeException;

  /**
   * At most {@code limit} bytes from the start.
   *
   * @param limit bytes
   */
  byte[] read(Entry file, int limit) throws IOException;

  /**
   * Says that these are outputs, so that files which were staged as secret stay although the
   * attempt is released.
   *
   * @param locations of files and folders; of a folder everything in it is meant
   */
  default void keep(List<String> locations) throws IOException {}

  /** Size and digests, in one pass over the bytes. */
  Identity identify(Entry file) throws IOException;

  /**
   * @param path absolute, as the tool saw it
   * @param location the IRI under which the engine and later tasks reach it
   * @param size bytes; 0 for folders
   */
  record Entry(String path, String name, boolean directory, String location, long size) {}

  /**
   * @param sha1 and sha256 in lower-case hexadecimal digits
   * @param size bytes
   */
  record Identity(String sha1, String sha256, long size) {}

  /** A path or link leads out of the attempt's folders. */
  final class EscapeException extends Exception {
    private static final long serialVersionUID = 1L;

    public EscapeException(String message) {
      super(message);
    }
  }
}
