package io.twinflow.workflowdefs.cwl.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import org.junit.jupiter.api.Test;

class PinnedTest {

  private static final String WORKFLOW =
      """
      cwlVersion: v1.2
      class: Workflow
      $namespaces: {edam: "http://edamontology.org/"}
      $schemas: [formats.ttl]
      inputs:
        reads:
          type: File
          format: edam:format_1
          default: {class: File, location: ../data/a.fq}
        number: {type: double, default: 1.10}
      outputs: {}
      steps:
        say:
          run: ../tools/echo.cwl
          in: {text: {default: {$include: text.txt}}}
          out: [out]
      """;

  private static final String TOOL =
      """
      cwlVersion: v1.1
      class: CommandLineTool
      baseCommand: echo
      inputs: {text: string}
      outputs: {out: stdout}
      """;

  private static final String TURTLE =
      """
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      @prefix edam: <http://edamontology.org/> .
      edam:format_2 a <http://x/Class> ; rdfs:label "a; label. [" ; rdfs:subClassOf edam:format_1 .
      """;

  @Test
  void whatWasPinnedLoadsWithoutTheSources() throws Exception {
    WorkflowDocument loaded = load("/w/");

    WorkflowDocument again = CwlLoader.loadPinned(loaded.pinned());

    assertThat(again).isEqualTo(loaded);
    assertThat(
            again
                .ontology()
                .isKindOf("http://edamontology.org/format_2", "http://edamontology.org/format_1"))
        .isTrue();
  }

  @Test
  void theVersionDoesNotDependOnTheFolder() throws Exception {
    WorkflowDocument here = load("/w/");
    WorkflowDocument there = load("/some where/else/");

    assertThat(there.version()).isEqualTo(here.version()).hasSize(64);
    assertThat(there.pinned()).isNotEqualTo(here.pinned());
    assertThat(there.process()).isNotEqualTo(here.process());
  }

  @Test
  void aChangeInAnySourceChangesTheVersion() throws Exception {
    FakeSources changed = sources("/w/").with("wf/text.txt", "other");
    assertThat(CwlLoader.load("wf/wf.cwl", changed.options()).version())
        .isNotEqualTo(load("/w/").version());
  }

  @Test
  void textThatIsNotPinnedIsRefused() throws Exception {
    String pinned = load("/w/").pinned();
    assertThatThrownBy(() -> CwlLoader.loadPinned("{}")).hasMessageContaining("no pinned");
    assertThatThrownBy(() -> CwlLoader.loadPinned(pinned.substring(0, pinned.length() - 9)))
        .isInstanceOf(Exception.class);
  }

  private static WorkflowDocument load(String folder) throws Exception {
    return CwlLoader.load("wf/wf.cwl", sources(folder).options());
  }

  private static FakeSources sources(String folder) {
    return new FakeSources(folder)
        .with("wf/wf.cwl", WORKFLOW)
        .with("wf/text.txt", "hello")
        .with("wf/formats.ttl", TURTLE)
        .with("tools/echo.cwl", TOOL);
  }
}
