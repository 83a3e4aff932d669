package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.event.Event;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunWorkflowsTest {

  private static final String ECHO =
      """
      class: CommandLineTool
      cwlVersion: v1.2
      baseCommand: echo
      inputs: {text: {type: string, inputBinding: {}}}
      outputs: {said: {type: string, outputBinding: {outputEval: $(inputs.text)}}}
      """;

  @TempDir Path folder;
  private TestEngine test;
  private FakeExecutor site;

  @BeforeEach
  void open() throws IOException {
    site = FakeExecutor.ending(task -> FakeEnd.success());
    test = new TestEngine(folder, site);
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void runsASingleTool() throws Exception {
    assertThat(test.outputs(ECHO, "{'text': 'hello'}")).isEqualTo("{'said':'hello'}");
    assertThat(site.toolRuns()).isEqualTo(1);
    assertThat(test.events.getLast().event()).isInstanceOf(Event.RunEnded.class);
  }

  @Test
  void passesOutputsAlongLinks() throws Exception {
    String cwl =
        """
        class: Workflow
        cwlVersion: v1.2
        requirements: {StepInputExpressionRequirement: {}, InlineJavascriptRequirement: {}}
        inputs: {text: string}
        outputs: {result: {type: string, outputSource: second/said}}
        steps:
          second:
            in: {text: {source: first/said, valueFrom: $(self)!}}
            out: [said]
            run: &echo
              class: CommandLineTool
              baseCommand: echo
              inputs: {text: {type: string, inputBinding: {}}}
              outputs: {said: {type: string, outputBinding: {outputEval: $(inputs.text)}}}
          first:
            in: {text: text}
            out: [said]
            run: *echo
        """;
    assertThat(test.outputs(cwl, "{'text': 'hello'}")).isEqualTo("{'result':'hello!'}");
    assertThat(site.toolRuns()).isEqualTo(2);
  }

  @Test
  void tellsWhyAStepFailed() throws Exception {
    site = FakeExecutor.ending(task -> FakeEnd.exit(3).withStderr("out of luck\n"));
    test.close();
    test = new TestEngine(folder, site);

    RunOutcome outcome = test.run(ECHO, "{'text': 'hello'}");

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.failure().orElseThrow().message())
        .contains("exit code 3", "echo hello", "out of luck", "memory:/");
  }

  @Test
  void keepsSecretsOutOfEverythingThatStays() throws Exception {
    String cwl =
        """
        class: Workflow
        cwlVersion: v1.2
        $namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
        hints: {cwltool:Secrets: {secrets: [password]}}
        inputs: {password: string}
        outputs: {said: {type: string, outputSource: login/said}}
        steps:
          login:
            in: {word: password}
            out: [said]
            run:
              class: CommandLineTool
              baseCommand: login
              inputs: {word: {type: string, inputBinding: {}}}
              outputs: {said: {type: string, outputBinding: {outputEval: $(inputs.word)}}}
        """;
    List<List<String>> commands = new ArrayList<>();
    test.close();
    test =
        new TestEngine(
            folder,
            FakeExecutor.ending(task -> {
              commands.add(task.command());
              return FakeEnd.exit(1).withStderr("wrong: open-sesame");
            }));
    test.run(cwl, "{'password': 'open-sesame'}");
    assertThat(commands).containsExactly(List.of("login", "open-sesame"));
    try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("open-sesame");
      }
    }
  }
}
