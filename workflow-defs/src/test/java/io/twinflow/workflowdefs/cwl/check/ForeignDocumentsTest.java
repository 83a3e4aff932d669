package io.twinflow.workflowdefs.cwl.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.FakeSources;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents of versions and kinds that are not read. */
class ForeignDocumentsTest {

  private final FakeSources sources = new FakeSources();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          v1.9          ; The newest that is known here is v1.2.
          v1.3.0-dev1   ; The newest that is known here is v1.2.
          v2.0          ; The newest that is known here is v1.2.
          V1.1          ; Did you mean "v1.1"?
          draft-3       ; 'Drafts came before them; cwl-upgrader rewrites them.'
          """)
  void anotherVersionIsToldWithThoseThatAreRead(String version, String advice) {
    sources.with(
        "wf.cwl", "cwlVersion: " + version + "\nclass: Operation\ninputs: {}\noutputs: {}\n");

    assertThatThrownBy(() -> CwlLoader.load("wf.cwl", sources.options()))
        .message()
        .startsWith(
            "wf.cwl:1:13: cwlVersion \""
                + version
                + "\" is not read; expected one of v1.0, v1.1, v1.2.")
        .endsWith(advice);
  }

  @Test
  void aProcessGeneratorIsUnsupportedAndNotUnknown() {
    sources.with(
        "wf.cwl",
        """
        cwlVersion: v1.2
        $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
        class: cwltool:ProcessGenerator
        inputs: {}
        outputs: {}
        run: {class: CommandLineTool, inputs: {}, outputs: {}}
        """);

    assertThatThrownBy(() -> CwlLoader.load("wf.cwl", sources.options()))
        .isInstanceOfSatisfying(
            InvalidDefinitionException.class,
            e -> {
              if (!e.isOnlyUnsupported()) {
                throw new AssertionError(e);
              }
            })
        .hasMessageContaining("wf.cwl:3:8: a ProcessGenerator");
  }
}
