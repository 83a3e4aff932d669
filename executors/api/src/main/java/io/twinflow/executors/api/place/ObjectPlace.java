package io.twinflow.executors.api.place;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the engine writes to and sites reach by URLs which are signed for one object, one method and
 * some time: a part of an object store, or a folder of which the engine answers for the files.
 * Names are relative to the place and have no empty part, no {@code .} and no {@code ..}. An object
 * is there completely or not at all. Safe for many threads.
 *
 * <p>All methods throw {@link IOException} with words for people: the store, the name, what the
 * store said and how to mend it; never with credentials.
 */
public interface ObjectPlace {

  /**
   * The name of an object that stands for a folder with nothing in it, in stores that know none.
   */
  String EMPTY_FOLDER = ".twinflow-empty-folder";

  /** For people: which store, which bucket. */
  String words();

  /** The IRI of an object, whether there is one or not: {@code s3://bucket/…}, {@code file:}. */
  URI location(String name);

  /** The other way round; empty for what lies elsewhere. */
  Optional<String> name(URI location);

  /**
   * @param size bytes
   */
  record Found(String name, long size, Instant modified) {}

  Optional<Found> find(String name) throws IOException;

  /** All whose names begin so, sorted by name. Costs one request for each thousand. */
  List<Found> list(String prefix) throws IOException;

  /**
   * The whole content of a small object; empty if there is none.
   *
   * @param limit bytes; more is an error that says so
   */
  Optional<byte[]> get(String name, int limit) throws IOException;

  /** The content from a byte on; connections that break are taken up where they broke. */
  InputStream open(Found object, long first) throws IOException;

  /** In place of what was there. */
  void put(String name, byte[] content) throws IOException;

  /** Of large files too. */
  void put(String name, Path file) throws IOException;

  /**
   * Of any number of callers, here and elsewhere, one puts it. Who asks again with the same
   * content, because an answer was lost, is told the same.
   *
   * @param content at most a mebibyte
   * @return whether this content is what is there
   */
  boolean putIfAbsent(String name, byte[] content) throws IOException;

  /** The store copies it, whatever its size; in place of what was there. */
  void copy(String from, String to) throws IOException;

  /** A folder with nothing in it is there, as far as the place can tell. */
  default void keepFolder(String name) throws IOException {
    putIfAbsent(name + "/" + EMPTY_FOLDER, new byte[0]);
  }

  /** What is not there may be deleted. */
  void delete(String name) throws IOException;

  /** A URL by which anyone may read the object for that time, at most seven days. */
  URI toGet(String name, Duration valid) throws IOException;

  /** A URL to which anyone may put the object for that time; 5 GiB is the most that stores take. */
  URI toPut(String name, Duration valid) throws IOException;

  /** Begins an upload in parts, of which nothing is seen before {@link #complete}. */
  String begin(String name) throws IOException;

  /**
   * A URL to which a part may be put for that time.
   *
   * @param part from 1; all but the last have at least 5 MiB
   */
  URI toPutPart(String name, String upload, int part, Duration valid) throws IOException;

  /**
   * Makes an object of the parts. Completing again what is complete changes nothing.
   *
   * @param etags of the parts in their order, as the store gave them
   * @param size what all parts must have together, in bytes
   * @throws IOException if parts are missing; there is no object then
   */
  void complete(String name, String upload, List<String> etags, long size) throws IOException;

  /** Forgets uploads of names that begin so. */
  void abandon(String prefix) throws IOException;
}
