package io.twinflow.engine.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the folder that a release leaves for the ones after it: runs in every state with every type
 * of event, made through every interface, and one that was under way when the server died.
 */
final class MakeKeptData {

  static final String GATE = "gate";
  static final String RUNS = "/api/v1/runs";

  private static final String TOOLS =
      """
      cwlVersion: v1.2
      class: Workflow
      $namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
      requirements:
        ScatterFeatureRequirement: {}
        SubworkflowFeatureRequirement: {}
        InlineJavascriptRequirement: {}
        StepInputExpressionRequirement: {}
      """;

  static final String DONE =
      TOOLS
          + """
          inputs: {numbers: 'int[]'}
          outputs:
            said: {type: File, outputSource: say/said}
            counted: {type: Any, outputSource: each/counted}
          steps:
            each:
              in: {number: numbers}
              scatter: number
              when: $(inputs.number < 5)
              out: [counted]
              run:
                class: Workflow
                inputs: {number: int}
                outputs: {counted: {type: Any, outputSource: count/next}}
                steps:
                  count:
                    in: {number: number}
                    out: [next]
                    run:
                      class: CommandLineTool
                      baseCommand: 'true'
                      inputs: {number: int}
                      outputs: {next: {type: int, outputBinding: {outputEval: $(inputs.number + 1)}}}
                    requirements:
                      cwltool:Loop: {loopWhen: $(inputs.number < 4), loop: {number: next}, outputMethod: last}
            say:
              in: {message: {default: finished in an earlier release}}
              out: [said]
              run:
                class: CommandLineTool
                hints:
                  SoftwareRequirement: {packages: {echo: {}}}
                baseCommand: echo
                inputs: {message: {type: string, inputBinding: {}}}
                stdout: said.txt
                outputs: {said: stdout}
          """;

  static final String FAILED =
      TOOLS
          + """
          inputs: {}
          outputs: {}
          steps:
            inner:
              in: {}
              out: []
              run:
                class: Workflow
                inputs: {}
                outputs: {}
                steps:
                  fails:
                    in: {}
                    out: []
                    run:
                      class: CommandLineTool
                      baseCommand: [sh, -c, exit 75]
                      temporaryFailCodes: [75]
                      inputs: {}
                      outputs: {}
            unmade:
              in: {number: {default: 1, valueFrom: $(inputs.none.at.all)}}
              out: []
              run:
                class: CommandLineTool
                baseCommand: 'true'
                inputs: {number: int}
                outputs: {}
          """;

  static final String OPEN =
      TOOLS
          + """
          inputs: {gate: string}
          outputs: {said: {type: File, outputSource: second/said}}
          steps:
            first:
              in: {}
              out: [said]
              run:
                class: CommandLineTool
                baseCommand: [echo, from before]
                inputs: {}
                stdout: first.txt
                outputs: {said: stdout}
            second:
              in: {before: first/said, gate: gate}
              out: [said]
              run:
                class: CommandLineTool
                baseCommand: [sh, -c, 'until [ -e "$1" ]; do sleep 0.1; done; cat "$0"; echo and now']
                inputs:
                  before: {type: File, inputBinding: {position: 1}}
                  gate: {type: string, inputBinding: {position: 2}}
                stdout: second.txt
                outputs: {said: stdout}
          """;

  static final String SLEEP =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [sleep, '600']
      inputs: []
      outputs: []
      """;

  private MakeKeptData() {}

  /**
   * @param place for the server, named in what is kept
   * @param kept the folder to make, in the place of one that is there
   */
  static void make(Path place, Path kept) throws Exception {
    FolderTree.delete(Files.createDirectories(place));
    Files.createDirectories(place);
    Path data = place.resolve("data");
    Path log = place.resolve("log");
    try (ChildServer server = ChildServer.alone(data, log)) {
      server.awaitUp();
      make(server, data);
      Awaitility.await().until(() -> isUnderWay(data));
    }
    try (ChildServer server = ChildServer.alone(data, log)) {
      server.awaitUp();
      String open = find(server, "open");
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> server.get(RUNS + "/" + open + "/tasks").body().contains("\"attempts\":2"));
      assertThat(server.postJson(RUNS + "/" + open + "/pause", "").statusCode()).isEqualTo(202);
      await(server, open, "paused");
      assertThat(server.postJson(RUNS + "/" + open + "/resume", "").statusCode()).isEqualTo(202);
      await(server, open, "running");
      FolderTree.delete(Files.createDirectories(kept));
      Process backup =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-cp",
                      System.getProperty("java.class.path"),
                      Main.class.getName(),
                      "backup",
                      "--data",
                      data.toString(),
                      kept.toString()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      assertThat(backup.waitFor()).isZero();
      forgetHost(kept);
      Files.createFile(data.resolve(GATE));
      await(server, open, "succeeded");
    }
  }

  /** The machine that made it is nobody's business. */
  private static void forgetHost(Path kept) throws Exception {
    String host = InetAddress.getLocalHost().getHostName();
    Path sums = kept.resolve("SHA256SUMS");
    StringBuilder changed = new StringBuilder();
    for (String line : Files.readAllLines(sums)) {
      Path file = kept.resolve(line.substring(line.indexOf("  ") + 2));
      String text = Files.readString(file).replace(host, "kept.invalid");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      Files.writeString(file, text);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      changed.append(HexFormat.of().formatHex(digest)).append("  ");
      changed.append(kept.relativize(file)).append('\n');
    }
    Files.writeString(sums, changed);
  }

  private static boolean isUnderWay(Path data) throws IOException {
    try (var all = Files.walk(data.resolve("runs"))) {
      return all.anyMatch(path -> path.endsWith("work/2.1/out"));
    }
  }

  private static void make(ChildServer server, Path data) throws Exception {
    await(server, submit(server, DONE, "{\"numbers\": [1, 2, 9]}", "done", "{}"), "succeeded");
    await(
        server,
        submit(
            server,
            FAILED,
            "{}",
            "failed",
            "{\"temporaryFailRetries\": 1, \"onError\": \"continue\"}"),
        "failed");
    String asleep = submit(server, SLEEP, "{}", "cancelled", "{}");
    await(server, asleep, "running");
    assertThat(server.postJson(RUNS + "/" + asleep + "/cancel", "").statusCode()).isEqualTo(202);
    await(server, asleep, "cancelled");
    assertThat(
            server
                .send(
                    server
                        .to("/ogc/processes")
                        .header("Content-Type", "application/cwl")
                        .POST(BodyPublishers.ofString("id: kept\n" + SLEEP)))
                .statusCode())
        .isEqualTo(201);
    submit(
        server,
        OPEN,
        "{\"gate\": \"" + data.resolve(GATE) + "\"}",
        "open",
        "{\"useCache\": false}");
  }

  static String body(String workflow, String inputs, String name, String options) {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", workflow);
    body.set("inputs", TestServer.JSON.readTree(inputs));
    body.set("options", TestServer.JSON.readTree(options));
    body.set("labels", TestServer.JSON.valueToTree(Map.of("kept", name)));
    return body.toString();
  }

  private static String submit(
      ChildServer server, String workflow, String inputs, String name, String options)
      throws Exception {
    var answer =
        server.send(
            server
                .to(RUNS)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "kept-" + name)
                .POST(BodyPublishers.ofString(body(workflow, inputs, name, options))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  private static String find(ChildServer server, String name) throws Exception {
    JsonNode runs = server.json(RUNS + "?label=kept%3D" + name);
    return runs.at("/runs/0/id").asString();
  }

  private static void await(ChildServer server, String run, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(server.json(RUNS + "/" + run).get("state").asString()).isEqualTo(state));
  }
}
