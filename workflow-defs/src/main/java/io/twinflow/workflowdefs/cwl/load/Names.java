package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.Iri;

/** Short names and fragments from ids, which packed documents write in full. */
final class Names {

  private Names() {}

  /** What stands after the hash of an id, or the id itself. */
  static String fragment(String id) {
    int hash = id.indexOf('#');
    return hash < 0 ? id : id.substring(hash + 1);
  }

  /** The last name of an id. */
  static String last(String id) {
    String fragment = fragment(id);
    return fragment.substring(fragment.lastIndexOf('/') + 1);
  }

  /** An enum's symbol; only a packed document writes it with its path. */
  static String symbol(String symbol) {
    return symbol.startsWith("#") || (symbol.startsWith("file:") && symbol.contains("#"))
        ? last(symbol)
        : symbol;
  }

  /** What people call a process. */
  static String ofProcess(String iri) {
    String fragment = Iri.fragment(iri);
    if (!fragment.isEmpty()) {
      return fragment;
    }
    String file = Iri.basename(iri);
    int dot = file.lastIndexOf('.');
    return dot <= 0 ? file : file.substring(0, dot);
  }
}
