package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the ontologies of {@code $schemas}; one that cannot be read is a warning. */
final class OntologyLoader {

  private final Documents documents;
  private final ProblemLog problems;
  private final Map<String, Set<String>> superclasses = new HashMap<>();

  OntologyLoader(Documents documents, ProblemLog problems) {
    this.documents = documents;
    this.problems = problems;
  }

  /**
   * @throws InvalidDefinitionException if there is more than one load may read
   */
  FormatOntology load() throws InvalidDefinitionException {
    Set<String> seen = new LinkedHashSet<>();
    for (Document document : List.copyOf(documents.all().values())) {
      if (document.root() instanceof MapNode root && root.get("$schemas") instanceof Node schemas) {
        List<Node> items = schemas instanceof ListNode list ? list.items() : List.of(schemas);
        for (Node item : items) {
          if (item instanceof ScalarNode scalar
              && seen.add(Iri.resolve(document.iri(), scalar.text()))) {
            load(Iri.resolve(document.iri(), scalar.text()), scalar);
            documents.total().throwIfExceeded();
          }
        }
      }
    }
    return superclasses.isEmpty() ? FormatOntology.EMPTY : new FormatOntology(superclasses);
  }

  private void load(String iri, ScalarNode at) {
    try {
      byte[] bytes = documents.fetch(iri, at.position());
      if (Rdf.isXml(bytes)) {
        new RdfXml(iri, this::add).read(bytes);
      } else {
        new Turtle(iri, this::add).read(bytes);
      }
    } catch (InvalidDefinitionException e) {
      problems.warning(
          at.position(),
          "the schema is ignored, file formats are compared by name only: "
              + e.problems().getFirst().message());
    } catch (RdfException e) {
      problems.warning(
          at.position(),
          "the schema is ignored, file formats are compared by name only: " + e.getMessage());
    }
  }

  private void add(String subject, String predicate, String object) {
    if (predicate.equals(Rdf.SUBCLASS)) {
      superclasses.computeIfAbsent(subject, s -> new LinkedHashSet<>()).add(object);
    } else if (predicate.equals(Rdf.EQUIVALENT)) {
      superclasses.computeIfAbsent(subject, s -> new LinkedHashSet<>()).add(object);
      superclasses.computeIfAbsent(object, s -> new LinkedHashSet<>()).add(subject);
    }
  }
}
