package io.twinflow.engine.server.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where things stand under this interface. */
final class Paths {

  static final String ROOT = "/api/v1";

  private Paths() {}

  static String run(String id) {
    return ROOT + "/runs/" + id;
  }

  static String workflow(String id) {
    return ROOT + "/workflows/" + id;
  }

  /** A parameter of a query, with its mark before it. */
  static String parameter(StringBuilder before, String name, String value) {
    return (before.indexOf("?") < 0 ? "?" : "&")
        + name
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
