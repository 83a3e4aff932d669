package io.twinflow.engine.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import io.twinflow.engine.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What runs on servers alone. */
class XmlDocumentsTest {

  private static final String PROCESS =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="https://example.org">
        <process id="warn" isExecutable="true">
          <startEvent id="start"/>
          <sequenceFlow id="on" sourceRef="start" targetRef="end"/>
          <endEvent id="end"/>
        </process>
      </definitions>
      """;

  @TempDir private Path folder;

  private CommandRun twinflow(String... args) {
    return CommandRun.in(folder).call(args);
  }

  @Test
  void aProcessIsCheckedHere() throws Exception {
    Files.writeString(folder.resolve("warn.bpmn"), PROCESS);
    CommandRun good = twinflow("validate", "warn.bpmn");
    assertThat(good.code()).as(good.err()).isZero();
    assertThat(good.out()).isEqualTo("warn.bpmn#warn: valid process (BPMN 2.0)\n");

    Files.writeString(
        folder.resolve("warn.bpmn"), PROCESS.replace("targetRef=\"end\"", "targetRef=\"nd\""));
    CommandRun wrong = twinflow("validate", "warn.bpmn");
    assertThat(wrong.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).startsWith("warn.bpmn:4:").contains("nd");
    assertThat(twinflow("validate", "nowhere.bpmn").err())
        .startsWith("nowhere.bpmn: cannot be read");
  }

  @ParameterizedTest
  @CsvSource({
    "run,warn.bpmn,docs/bpmn.md",
    "submit,warn.bpmn,docs/bpmn.md",
    "graph,WARN.BPMN,docs/bpmn.md",
    "run,level.dmn,docs/dmn.md",
    "validate,level.dmn,docs/dmn.md"
  })
  void whatAServerRunsIsNotRunHereAndSaidHow(String command, String file, String where) {
    CommandRun refused = twinflow(command, file);
    assertThat(refused.code()).isEqualTo(ExitCode.UNSUPPORTED);
    assertThat(refused.err()).startsWith(file + ": ").contains("on a server", where);
  }
}
