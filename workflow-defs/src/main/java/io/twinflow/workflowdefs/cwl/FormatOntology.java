package io.twinflow.workflowdefs.cwl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which file formats are kinds of which, from {@code rdfs:subClassOf} and {@code
 * owl:equivalentClass} in the document's {@code $schemas}.
 *
 * @param superclasses for each IRI those directly above it (an equivalent class counts both ways)
 */
public record FormatOntology(Map<String, Set<String>> superclasses) {
  public static final FormatOntology EMPTY = new FormatOntology(Map.of());

  /** Whether {@code format} is {@code expected} or a kind of it. */
  public boolean isKindOf(String format, String expected) {
    Deque<String> open = new ArrayDeque<>(Set.of(format));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      String iri = open.pop();
      if (iri.equals(expected)) {
        return true;
      }
      if (seen.add(iri)) {
        open.addAll(superclasses.getOrDefault(iri, Set.of()));
      }
    }
    return false;
  }
}
