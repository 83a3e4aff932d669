package io.twinflow.engine.bpmn;

/**
 * Ids of elements that Twinflow makes are the id in the document, a dollar, and more: no id in a
 * document has a dollar.
 */
final class DocumentId {

  private DocumentId() {}

  /** What people know an element by. */
  static String of(String element) {
    int dollar = element.indexOf('$');
    return dollar < 0 ? element : element.substring(0, dollar);
  }
}
