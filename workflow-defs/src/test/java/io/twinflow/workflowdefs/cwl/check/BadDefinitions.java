package io.twinflow.workflowdefs.cwl.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.FakeSources;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Problem;
import java.util.List;

/** What a person gets for the definition {@code wf.cwl}, which stands beside {@code echo.cwl}. */
final class BadDefinitions {

  /** How a workflow begins: the two first lines. */
  static final String WORKFLOW = "cwlVersion: v1.2\nclass: Workflow\n";

  private final FakeSources sources =
      new FakeSources()
          .with(
              "echo.cwl",
              """
              cwlVersion: v1.2
              class: CommandLineTool
              baseCommand: echo
              inputs:
                text: string
                count: int?
              outputs:
                out: stdout
              """);

  void with(String name, String text) {
    sources.with(name, text);
  }

  /** Of a definition that is accepted. */
  List<Problem> warnings() throws InvalidDefinitionException {
    return CwlLoader.load("wf.cwl", sources.options()).warnings();
  }

  /**
   * @param parts all that is told, in any order and nothing else: at most one line for each
   */
  void assertProblems(String text, String... parts) {
    InvalidDefinitionException refused = refused(text);
    assertThat(refused.getMessage()).contains(parts);
    assertThat(refused.problems())
        .allSatisfy(problem -> assertThat(problem.position().source()).isEqualTo("wf.cwl"));
    long errors = refused.getMessage().lines().filter(line -> !line.isEmpty()).count();
    assertThat(errors).as(refused.getMessage()).isLessThanOrEqualTo(parts.length);
  }

  InvalidDefinitionException refused(String text) {
    sources.with("wf.cwl", text);
    InvalidDefinitionException refused =
        catchThrowableOfType(
            InvalidDefinitionException.class, () -> CwlLoader.load("wf.cwl", sources.options()));
    assertThat(refused).as("this should be refused:\n" + text).isNotNull();
    return refused;
  }
}
