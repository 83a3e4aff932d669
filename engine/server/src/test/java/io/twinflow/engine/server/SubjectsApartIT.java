package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Nobody's workflow reads what the workflows of others made or brought, however it names it. */
final class SubjectsApartIT {

  private static final String RUNS = "/api/v1/runs";
  private static final String SECRET = "only Berta may know this";

  private static final String CAT =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [cat]
      inputs: {f: {type: File, inputBinding: {position: 1}}}
      stdout: copy.txt
      outputs: {copy: stdout}
      """;

  @TempDir static Path data;
  private static TestServer server;
  private static TestServer anton;
  private static TestServer berta;
  private static Path made;
  private static Path brought;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(ServerSettings.in(data).withTrust(Trust.IN_TOOLS));
    anton = server.as("anton");
    berta = server.as("berta");
    String run =
        id(
            berta.send(
                new FormBody()
                    .file("workflow", "cat.cwl", CAT)
                    .file("f", "mine.txt", SECRET)
                    .to(berta.to(RUNS))));
    assertThat(end(berta, run).get("state").asString()).isEqualTo("succeeded");
    made = found(data.resolve("runs"), "copy.txt");
    brought = found(data.resolve("uploads"), "mine.txt");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Path found(Path folder, String name) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }

  private static String id(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  private static JsonNode end(TestServer as, String run) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> as.json(RUNS + "/" + run), shown -> !shown.get("ended").isNull());
  }

  /** Submits as Anton, and looks for Berta's secret in everything that he can see. */
  private static void assertLearnsNothing(String workflow) throws Exception {
    String body = TestServer.JSON.createObjectNode().put("workflow", workflow).toString();
    HttpResponse<String> answer = anton.postJson(RUNS, body);
    assertThat(answer.body()).doesNotContain(SECRET);
    if (answer.statusCode() != 201) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
      return;
    }
    String run = RUNS + "/" + id(answer);
    JsonNode end = end(anton, id(answer));
    for (String path :
        new String[] {
          "", "/inputs", "/outputs", "/tasks", "/outputs/o", "/tasks/1/attempts/1/stdout"
        }) {
      assertThat(anton.get(run + path).body()).as(path).doesNotContain(SECRET);
    }
    HttpResponse<String> outputs = anton.get(run + "/outputs");
    assertThat(end.get("state").asString().equals("failed") || outputs.statusCode() == 422)
        .as("refused with a reason, not by chance: %s %s", end, outputs.body())
        .isTrue();
    assertThat(end + outputs.body())
        .containsAnyOf(
            "--allow-root",
            "may not hand out",
            "is not an input of the expression",
            "is neither in the working folder nor an input");
  }

  private static String location(Path file) {
    return "{class: File, location: \"%s\"}".formatted(file.toUri());
  }

  @Test
  void theDefaultOfAnInnerStepIsNoWayIn() throws Exception {
    for (Path file : new Path[] {made, brought}) {
      assertLearnsNothing(
          """
          cwlVersion: v1.2
          class: Workflow
          inputs: []
          outputs: {o: {type: File, outputSource: s/copy}}
          steps:
            s:
              in: []
              out: [copy]
              run:
                class: CommandLineTool
                baseCommand: [cat]
                inputs: {f: {type: File, inputBinding: {position: 1}, default: %s}}
                stdout: copy.txt
                outputs: {copy: stdout}
          """
              .formatted(location(file)));
    }
  }

  @Test
  void theDefaultOfTheWorkflowIsNoWayIn() throws Exception {
    assertLearnsNothing(
        CAT.replace("{type: File, ", "{type: File, default: %s, ".formatted(location(made))));
  }

  @Test
  void anExpressionThatMakesAFileIsNoWayIn() throws Exception {
    assertLearnsNothing(
        """
        cwlVersion: v1.2
        class: ExpressionTool
        requirements: {InlineJavascriptRequirement: {}}
        inputs: []
        outputs: {o: File}
        expression: '$({o: {"class": "File", "location": "%s"}})'
        """
            .formatted(made.toUri()));
    assertLearnsNothing(
        """
        cwlVersion: v1.2
        class: Workflow
        requirements: {InlineJavascriptRequirement: {}, StepInputExpressionRequirement: {}}
        inputs: []
        outputs: {o: {type: string, outputSource: s/o}}
        steps:
          s:
            in: {f: {valueFrom: '$({"class": "File", "location": "%s"})'}}
            out: [o]
            run:
              class: ExpressionTool
              inputs: {f: {type: File, loadContents: true}}
              outputs: {o: string}
              expression: '$({o: inputs.f.contents})'
        """
            .formatted(made.toUri()));
  }

  @Test
  void aFileThatIsHandedOnByAnInnerWorkflowIsNoWayIn() throws Exception {
    assertLearnsNothing(
        """
        cwlVersion: v1.2
        class: Workflow
        requirements:
          InlineJavascriptRequirement: {}
          StepInputExpressionRequirement: {}
          SubworkflowFeatureRequirement: {}
        inputs: []
        outputs: {o: {type: File, outputSource: s/o}}
        steps:
          s:
            in: {f: {valueFrom: '$({"class": "File", "location": "%s"})'}}
            out: [o]
            run:
              class: Workflow
              inputs: {f: File}
              outputs: {o: {type: File, outputSource: f}}
              steps: []
        """
            .formatted(made.toUri()));
  }

  @Test
  void whatAToolSaysThatItMadeIsNoWayIn() throws Exception {
    String says = "echo '{\"o\": {\"class\": \"File\", \"location\": \"%s\"}}' > cwl.output.json";
    String links = "ln -s %s o.txt";
    for (String script : new String[] {says.formatted(made.toUri()), links.formatted(made)}) {
      assertLearnsNothing(
          """
          cwlVersion: v1.2
          class: CommandLineTool
          baseCommand: [sh, -c]
          arguments: [%s]
          inputs: []
          outputs: {o: {type: File, outputBinding: {glob: o.txt}}}
          """
              .formatted(TestServer.JSON.writeValueAsString(script)));
    }
  }

  @Test
  void theirOwnFilesAreStillEverybodysOwn() throws Exception {
    String workflow =
        CAT.replace("{type: File, ", "{type: File, default: %s, ".formatted(location(made)));
    String again =
        id(
            berta.postJson(
                RUNS, TestServer.JSON.createObjectNode().put("workflow", workflow).toString()));
    assertThat(end(berta, again).get("state").asString()).isEqualTo("succeeded");
    assertThat(berta.get(RUNS + "/" + again + "/outputs/copy").body()).isEqualTo(SECRET);
    assertThat(anton.get(RUNS + "/" + again).statusCode()).isEqualTo(404);
    assertThat(server.get(RUNS + "/" + again + "/outputs/copy").statusCode()).isEqualTo(200);
  }
}
