package io.twinflow.workflowdefs.cwl.load;

import java.nio.charset.StandardCharsets;

/** The few words of RDF that say which class is a kind of which. */
final class Rdf {

  static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  static final String SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf";
  static final String EQUIVALENT = "http://www.w3.org/2002/07/owl#equivalentClass";

  private Rdf() {}

  /** Takes one statement between named resources. */
  @FunctionalInterface
  interface Statements {
    void add(String subject, String predicate, String object);
  }

  /** Whether the bytes begin as RDF/XML does; otherwise they are taken for Turtle. */
  static boolean isXml(byte[] bytes) {
    String start =
        new String(bytes, 0, Math.min(bytes.length, 512), StandardCharsets.UTF_8).stripLeading();
    return start.startsWith("<?xml")
        || start.startsWith("<rdf")
        || start.startsWith("<!")
        || start.startsWith("\uFEFF<?xml");
  }
}
