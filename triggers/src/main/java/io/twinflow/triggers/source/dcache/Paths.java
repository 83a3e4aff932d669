package io.twinflow.triggers.source.dcache;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths of dCache's namespace, which begin with a slash and end without one. */
final class Paths {

  private Paths() {}

  static String child(String folder, String name) {
    return folder.equals("/") ? "/" + name : folder + "/" + name;
  }

  static boolean isBelow(String path, String folder) {
    return path.startsWith(folder.equals("/") ? "/" : folder + "/");
  }

  /** As a URL has it (RFC 3986). */
  static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
