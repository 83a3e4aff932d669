package io.twinflow.executors.local.container;

import java.util.List;
import java.util.regex.Pattern;

/** How engines name images. */
final class ImageNames {

  private static final Pattern LOADED = Pattern.compile("Loaded image(?:\\(s\\))?(?: ID)?: (.+)");

  private ImageNames() {}

  /**
   * A name without a registry means Docker's, in every CWL document; podman would ask its own list
   * of registries instead, which is empty where nobody wrote one.
   */
  static String toPull(ContainerEngine engine, String reference) {
    int slash = reference.indexOf('/');
    String first = slash < 0 ? "" : reference.substring(0, slash);
    boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
    if (!engine.isPodman() || registry) {
      return reference;
    }
    return "docker.io/" + (slash < 0 ? "library/" : "") + reference;
  }

  /** What an engine's {@code load} says that it has loaded. */
  static List<String> loaded(String text) {
    return text.lines()
        .flatMap(line -> LOADED.matcher(line).results())
        .map(found -> found.group(1).strip())
        .toList();
  }
}
