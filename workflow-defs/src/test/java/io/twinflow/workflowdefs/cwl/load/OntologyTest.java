package io.twinflow.workflowdefs.cwl.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import org.junit.jupiter.api.Test;

class OntologyTest {

  private static final String TOOL =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      $schemas: [formats]
      inputs: {}
      outputs: {}
      """;

  @Test
  void rdfXmlWithEntitiesNestedClassesAndRestrictionsIsRead() throws Exception {
    WorkflowDocument document =
        load(
            """
            <?xml version="1.0"?>
            <!DOCTYPE rdf:RDF [<!ENTITY f "http://f.org/"><!ENTITY x SYSTEM "file:///etc/passwd">]>
            <rdf:RDF xml:base="http://f.org/base"
                xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
                xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
                xmlns:owl="http://www.w3.org/2002/07/owl#">
              <owl:Class rdf:about="&f;bam">
                <rdfs:label>label &amp; more</rdfs:label>
                <rdfs:subClassOf rdf:resource="&f;alignment"/>
                <rdfs:subClassOf>
                  <owl:Restriction><owl:onProperty rdf:resource="&f;p"/></owl:Restriction>
                </rdfs:subClassOf>
              </owl:Class>
              <owl:Class rdf:about="&f;alignment">
                <rdfs:subClassOf><owl:Class rdf:about="&f;data"/></rdfs:subClassOf>
              </owl:Class>
              <owl:Class rdf:ID="local"><owl:equivalentClass rdf:resource="&f;bam"/></owl:Class>
            </rdf:RDF>
            """);

    assertKind(document, "http://f.org/bam", "http://f.org/data", true);
    assertKind(document, "http://f.org/base#local", "http://f.org/data", true);
    assertKind(document, "http://f.org/data", "http://f.org/bam", false);
    assertKind(document, "http://f.org/bam", "http://f.org/p", false);
  }

  @Test
  void turtleIsRead() throws Exception {
    WorkflowDocument document =
        load(
            """
            # formats
            PREFIX : <http://f.org/>
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            :bam a owl:Class ;
                rdfs:comment '''no # comment . ; ''', "x"@en ;
                rdfs:subClassOf :alignment , [ a owl:Restriction ; owl:onProperty :p ] .
            <http://f.org/alignment> rdfs:subClassOf <http://f.org/data> .
            """
                .replace("'''", "\"\"\""));

    assertKind(document, "http://f.org/bam", "http://f.org/data", true);
    assertKind(document, "http://f.org/bam", "http://f.org/p", false);
  }

  @Test
  void aSchemaThatCannotBeReadIsAWarning() throws Exception {
    assertThat(load("<?xml version='1.0'?><broken>").warnings())
        .singleElement()
        .extracting(Object::toString)
        .asString()
        .startsWith("wf.cwl:3:12: warning: the schema is ignored");
    assertThat(load(null).warnings())
        .singleElement()
        .extracting(Object::toString)
        .asString()
        .contains("does not exist");
  }

  private static WorkflowDocument load(String ontology) throws Exception {
    FakeSources sources = new FakeSources().with("wf.cwl", TOOL);
    if (ontology != null) {
      sources.with("formats", ontology);
    }
    return CwlLoader.load("wf.cwl", sources.options());
  }

  private static void assertKind(
      WorkflowDocument document, String format, String expected, boolean is) {
    assertThat(document.ontology().isKindOf(format, expected)).isEqualTo(is);
  }
}
