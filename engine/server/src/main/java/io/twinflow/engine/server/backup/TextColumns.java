package io.twinflow.engine.server.backup;

import java.util.Map;
import java.util.Set;

/** Columns of bytes that always hold UTF-8, and are kept as the text they are. */
final class TextColumns {

  private static final Map<String, Set<String>> TEXTS =
      Map.of("journal", Set.of("lines"), "blob", Set.of("content"));

  private TextColumns() {}

  static Set<String> of(String table) {
    return TEXTS.getOrDefault(table, Set.of());
  }
}
