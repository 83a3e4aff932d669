package io.twinflow.engine.server.data;

/** What the keys of everything that belongs to somebody begin with. */
public final class StorePrefix {

  private StorePrefix() {}

  /** Ends in a slash; no two subjects have the same, or one that begins another's. */
  public static String of(String tenant, String subject) {
    return segment(tenant) + "/" + segment(subject) + "/";
  }

  private static String segment(String name) {
    String escaped = name.replace("%", "%25").replace("/", "%2F");
    return escaped.isEmpty() || escaped.equals(".") || escaped.equals("..")
        ? "%" + escaped
        : escaped;
  }
}
