package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.expression.process.EvaluatorProcesses;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What expressions cannot do to the server, nor to the runs of others. */
final class HostileExpressionsIT {

  private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled");

  private static final String[] WHY = {
    "a string of more", "an array of more", "of memory", "stack depth", "too large"
  };

  private static final String HONEST =
      """
      cwlVersion: v1.2
      class: Workflow
      requirements: {InlineJavascriptRequirement: {}, ScatterFeatureRequirement: {}, StepInputExpressionRequirement: {}}
      inputs: {ns: 'int[]'}
      outputs: {sums: {type: 'int[]', outputSource: add/sum}}
      steps:
        add:
          scatter: n
          in: {n: ns, twice: {source: ns, valueFrom: "${ return inputs.n * 2; }"}}
          out: [sum]
          run:
            class: ExpressionTool
            inputs: {n: int, twice: int}
            outputs: {sum: int}
            expression: "${ return {sum: inputs.n + inputs.twice}; }"
      """;

  @TempDir static Path data;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(data);
  }

  /** An expression without end keeps the server from stopping no longer than from cancelling. */
  @AfterAll
  static void stop() throws Exception {
    submitted(ENDLESS_OUTPUT);
    long start = System.nanoTime();
    server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  /** A run whose endless expression has begun. */
  private static String submitted(String endless) throws Exception {
    Map<Long, Duration> before = evaluators();
    String run = submit(endless, "{}");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            evaluators().entrySet().stream()
                .anyMatch(child ->
                    child
                            .getValue()
                            .minus(before.getOrDefault(child.getKey(), Duration.ZERO))
                            .toMillis()
                        > 1_500));
    return run;
  }

  /** What each has used of a processor. */
  private static Map<Long, Duration> evaluators() {
    return server.part(EvaluatorProcesses.class).pids().stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(child -> Stream.concat(Stream.of(child), child.descendants()))
        .collect(
            Collectors.toMap(
                ProcessHandle::pid,
                child -> child.info().totalCpuDuration().orElse(Duration.ZERO)));
  }

  @Test
  void aCancelBreaksOffTheExpressionThatCollectsAnOutput() throws Exception {
    String run = submitted(ENDLESS_OUTPUT);
    long start = System.nanoTime();
    server.postJson(run + "/cancel", "");
    assertThat(ended(run).get("state").asString()).isEqualTo("cancelled");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  private static final String ENDLESS_OUTPUT =
      """
      {"cwlVersion": "v1.2", "class": "CommandLineTool", "requirements": {"InlineJavascriptRequirement": {}},
       "baseCommand": "true", "inputs": {},
       "outputs": {"x": {"type": "Any", "outputBinding": {"outputEval": "${ while (true) {} }"}}}}
      """;

  private static String tool(String expression) {
    return """
    {"cwlVersion": "v1.2", "class": "ExpressionTool", "requirements": {"InlineJavascriptRequirement": {}},
     "inputs": {}, "outputs": {"x": "Any"}, "expression": %s}
    """
        .formatted(TestServer.JSON.writeValueAsString(expression));
  }

  private static HttpResponse<String> post(String workflow, String inputs) throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", workflow).set("inputs", TestServer.JSON.readTree(inputs));
    return server.postJson("/api/v1/runs", body.toString());
  }

  private static String submit(String workflow, String inputs) throws Exception {
    HttpResponse<String> answer = post(workflow, inputs);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return "/api/v1/runs/" + TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  private static String state(String run) throws Exception {
    return server.json(run).get("state").asString();
  }

  private static JsonNode ended(String run) throws Exception {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> ENDS.contains(state(run)));
    return server.json(run);
  }

  private static long heapInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void anHonestRunEndsWhileHostileOnesTakeTimeAndMemoryOfTheirOwn() throws Exception {
    String numbers = "{\"ns\": [%s1]}".formatted("1, ".repeat(99));
    ended(submit(HONEST, numbers));
    long heap = heapInUse();

    List<String> endless =
        List.of(
            submit(tool("${ while (true) {} }"), "{}"),
            submit(tool("$(/(a+)+$/.test('a'.repeat(40) + 'b'))"), "{}"));
    List<String> greedy = new ArrayList<>();
    for (String expression :
        List.of(
            "$('x'.repeat(1 << 30))",
            "$(Array(1 << 28).fill('x'))",
            "${ var a = []; while (true) { a.push('x'.repeat(1000) + a.length); } }",
            "${ function f() { return 1 + f(); } return f(); }",
            "${ var a = Array(1000).fill(null), r = []; for (var i = 0; i < 1200; i++) { r.push(a); } return {x: r}; }")) {
      greedy.add(submit(tool(expression), "{}"));
    }
    String honest = submit(HONEST, numbers);

    assertThat(ended(honest).get("state").asString()).isEqualTo("succeeded");
    assertThat(server.json(honest + "/outputs").at("/outputs/sums/99").asInt()).isEqualTo(3);
    assertThat(endless).anySatisfy(run -> assertThat(state(run)).isEqualTo("running"));
    for (String run : endless) {
      server.postJson(run + "/cancel", "");
    }
    for (String run : greedy) {
      JsonNode end = ended(run);
      assertThat(end.get("state").asString()).as(end.toString()).isEqualTo("failed");
      assertThat(end.get("failure").asString()).contains("workflow.cwl:").containsAnyOf(WHY);
    }
    for (String run : endless) {
      assertThat(ended(run).get("state").asString()).isIn("cancelled", "failed");
    }
    assertThat(heapInUse()).isLessThan(heap + (48L << 20));
  }

  @Test
  void aDocumentThatIsHardToReadIsRefusedAndHarmsNothing() throws Exception {
    for (String expression :
        List.of(
            "$(" + "(".repeat(50_000) + "1" + ")".repeat(50_000) + ")",
            "$(" + "[".repeat(40_000) + "]".repeat(40_000) + ")",
            "$(" + "1+".repeat(60_000) + ")",
            "${" + "{".repeat(40_000) + "}".repeat(40_000) + "}",
            "$(/" + "(".repeat(40_000) + "/.test('a'))",
            "$(" + "'a'".repeat(40_000) + ")",
            "$(" + "\\".repeat(40_001) + ")",
            "$(`" + "${`".repeat(50_000) + "`}".repeat(50_000) + "`)")) {
      HttpResponse<String> answer = post(tool(expression), "{}");
      assertThat(answer.statusCode()).as(expression.substring(0, 8) + answer.body()).isEqualTo(422);
      assertThat(answer.body()).hasSizeLessThan(20_000).doesNotContain("StackOverflow");
    }
    assertThat(post(tool("$(" + "1 + ".repeat(80_000) + "1)"), "{}").body())
        .contains("characters long");
    String longest = submit(tool("$(" + "1 + ".repeat(500) + "1)"), "{}");
    assertThat(ended(longest).get("state").asString()).isIn("failed", "succeeded");
  }
}
