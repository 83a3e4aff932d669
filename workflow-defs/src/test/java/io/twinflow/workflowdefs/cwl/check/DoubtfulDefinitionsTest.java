package io.twinflow.workflowdefs.cwl.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.FakeSources;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a person is told about a definition that can be used all the same. */
class DoubtfulDefinitionsTest {

  private static final String TOOL = "cwlVersion: v1.2\nclass: CommandLineTool\noutputs: {}\n";

  private final FakeSources sources = new FakeSources();

  @Test
  void defaultsOfAnotherTypeMatterOnlyWhereTheyAreUsed() throws Exception {
    WorkflowDocument document =
        load(
            TOOL
                + """
                inputs:
                  n: {type: int, default: many}
                  r:
                    type: {type: record, fields: {a: "int[]"}}
                    default: {a: [1, x]}
                """);

    assertThat(warnings(document))
        .containsExactly(
            "wf.cwl:5:3: warning: the default of the input \"n\" does not have its type: expected"
                + " int, found the string \"many\". A run that uses it fails.",
            "wf.cwl:6:3: warning: the default of the input \"r.a[1]\" does not have its type:"
                + " expected int, found the string \"x\". A run that uses it fails.");
  }

  @Test
  void argumentsWithoutAValueAddNothing() throws Exception {
    WorkflowDocument document =
        load(TOOL + "inputs: {}\narguments: [a, {prefix: -x}, {valueFrom: b}]\n");

    assertThat(((CommandLineTool) document.process()).arguments()).hasSize(2);
    assertThat(warnings(document))
        .singleElement()
        .asString()
        .startsWith("wf.cwl:5:16: warning: this argument has no \"valueFrom\"");
  }

  @Test
  void ofARequirementThatStandsTwiceTheLastHolds() throws Exception {
    WorkflowDocument document =
        load(
            TOOL
                + """
                inputs: {}
                requirements:
                  - {class: WorkReuse, enableReuse: true}
                  - {class: WorkReuse, enableReuse: false}
                """);

    assertThat(document.process().header().requirements().requirements())
        .singleElement()
        .isInstanceOfSatisfying(
            Requirement.WorkReuse.class, reuse -> assertThat(reuse.position().line()).isEqualTo(7));
    assertThat(warnings(document)).singleElement().asString().contains("this one holds, the last");
  }

  private WorkflowDocument load(String text) throws Exception {
    sources.with("wf.cwl", text);
    return CwlLoader.load("wf.cwl", sources.options());
  }

  private static Stream<String> warnings(WorkflowDocument document) {
    return document.warnings().stream().map(Object::toString);
  }
}
