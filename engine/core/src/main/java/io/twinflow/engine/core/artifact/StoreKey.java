package io.twinflow.engine.core.artifact;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The name of an artifact in a store: names separated by slashes, like {@code
 * default/admin/RUN/3-1/map.tif}. The names may hold whatever file names may; none is empty, {@code
 * .} or {@code ..}, so that a key means the same in a folder, in S3 and in a URL.
 */
public record StoreKey(String text) {

  /** What S3 allows, in bytes of UTF-8. */
  private static final int LONGEST = 1024;

  /**
   * @throws IllegalArgumentException if it cannot be the name of an artifact; says why
   */
  public StoreKey {
    for (String name : text.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "'%s' cannot name something in a store: each part between slashes must be a file name, and not '%s'"
                .formatted(text, name.replace("\0", "\\0")));
      }
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST) {
      throw new IllegalArgumentException(
          "'%s' cannot name something in a store: it has %d bytes, %d are allowed; give files and folders shorter names"
              .formatted(text, bytes, LONGEST));
    }
  }

  /** A key from its names; none may hold a slash. */
  public static StoreKey of(String... names) {
    for (String name : names) {
      if (name.indexOf('/') >= 0) {
        throw new IllegalArgumentException("'%s' is not one name but several".formatted(name));
      }
    }
    return new StoreKey(String.join("/", names));
  }

  /** The key of something below this one. */
  public StoreKey child(String relativePath) {
    return new StoreKey(text + "/" + relativePath);
  }

  public List<String> names() {
    return List.of(text.split("/", -1));
  }

  @Override
  public String toString() {
    return text;
  }
}
