package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs of Twinflow's own interface, as a client sees them. */
@ExtendWith(SharedServer.Shared.class)
final class RunsApiIT {

  private static final String RUNS = "/api/v1/runs";

  private static final String CAT =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [cat]
      inputs:
        texts: {type: 'File[]', inputBinding: {position: 1}}
        times: {type: int, default: 1}
      stdout: all.txt
      outputs: {all: stdout}
      """;

  private static final String TALK =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [sh, -c, 'echo one >&2; sleep "$0"; echo two >&2']
      inputs: {seconds: {type: int, inputBinding: {position: 1}}}
      outputs: []
      """;

  private static final String FOLDER =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [sh, -c, 'mkdir -p d/sub; printf 0123456789 > "d/sub/a b.txt"']
      inputs: []
      outputs: {d: {type: Directory, outputBinding: {glob: d}}}
      """;

  @TempDir static Path elsewhere;
  private final TestServer server;
  private final SharedServer shared;

  RunsApiIT(SharedServer shared) {
    this.shared = shared;
    this.server = shared.server();
  }

  private static JsonNode created(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body());
  }

  private static String id(HttpResponse<String> answer) {
    return created(answer).get("id").asString();
  }

  private String submit(FormBody form) throws Exception {
    return id(server.send(form.to(server.to(RUNS))));
  }

  private void awaitState(String id, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(server.json(RUNS + "/" + id).get("state").asString()).isEqualTo(state));
  }

  @Test
  void filesSentAlongAreInputsByTheirNamesAndByTheInputObject() throws Exception {
    String parts =
        submit(
            new FormBody()
                .file("workflow", "cat.cwl", CAT)
                .file("texts", "a.txt", "first\n")
                .file("texts", "b.txt", "second\n")
                .text("times", "7"));
    String object =
        submit(
            new FormBody()
                .file("workflow", "cat.cwl", CAT)
                .file("anything", "in/side/c.txt", "third\n")
                .text(
                    "inputs",
                    "{\"texts\": [{\"class\": \"File\", \"location\": \"in/side/c.txt\"}]}"));
    awaitState(parts, "succeeded");
    awaitState(object, "succeeded");
    assertThat(server.get(RUNS + "/" + parts + "/outputs/all").body()).isEqualTo("first\nsecond\n");
    assertThat(server.get(RUNS + "/" + object + "/outputs/all").body()).isEqualTo("third\n");
    JsonNode inputs = server.json(RUNS + "/" + parts + "/inputs");
    assertThat(inputs.at("/inputs/times").asInt()).isEqualTo(7);
    assertThat(inputs.toString()).doesNotContain("file:", shared.data().toString());
    assertThat(server.get(inputs.at("/inputs/texts/1/location").asString()).body())
        .isEqualTo("second\n");
  }

  @Test
  void downloadsComeInRangesWithChecksumsAndFoldersAreListed() throws Exception {
    String run = submit(new FormBody().file("workflow", "folder.cwl", FOLDER));
    awaitState(run, "succeeded");
    String folder = RUNS + "/" + run + "/outputs/d";
    assertThat(server.json(folder).at("/listing/0/basename").asString()).isEqualTo("sub");
    String file = folder + "/sub/a%20b.txt";
    HttpResponse<String> whole = server.get(file);
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(whole.body()).isEqualTo("0123456789");
    assertThat(whole.headers().firstValue("Content-Disposition").orElse("")).contains("attachment");
    HttpResponse<String> middle =
        server.send(server.to(file).header("Range", "bytes=2-4").header("If-Range", tag));
    assertThat(middle.statusCode()).isEqualTo(206);
    assertThat(middle.body()).isEqualTo("234");
    assertThat(middle.headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
    assertThat(
            server
                .send(server.to(file).header("Range", "bytes=2-4").header("If-Range", "\"old\""))
                .body())
        .hasSize(10);
    assertThat(server.send(server.to(file).header("Range", "bytes=10-")).statusCode())
        .isEqualTo(416);
    assertThat(server.send(server.to(file).header("If-None-Match", tag)).statusCode())
        .isEqualTo(304);
    assertThat(server.get(folder + "/sub/none").statusCode()).isEqualTo(404);
  }

  @Test
  void theSameKeyIsOneRunHoweverOftenItIsSentAndAtOnce() throws Exception {
    String body =
        TestServer.JSON
            .createObjectNode()
            .put("workflow", FOLDER)
            .put("name", "idempotent")
            .toString();
    List<Thread> threads = new ArrayList<>();
    List<HttpResponse<String>> answers = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 8; i++) {
      threads.add(Thread.startVirtualThread(() -> answers.add(withKey("once", body))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    answers.add(withKey("once", body));
    assertThat(answers).allMatch(a -> a.statusCode() == 201 || a.statusCode() == 409);
    assertThat(
            answers.stream()
                .filter(answer -> answer.statusCode() == 201)
                .map(RunsApiIT::id)
                .distinct())
        .hasSize(1);
    assertThat(server.json(RUNS + "?workflow=idempotent").get("runs").size()).isEqualTo(1);
    assertThat(withKey("once", body.replace("0123", "4567")).statusCode()).isEqualTo(422);
    assertThat(withKey("other", "{\"workflow\": \"class: nothing\\nid: x\\n\"}").statusCode())
        .isEqualTo(422);
    assertThat(withKey("other", body).statusCode()).as("a failure uses no key up").isEqualTo(201);
  }

  private HttpResponse<String> withKey(String key, String body) {
    try {
      return server.send(
          server
              .to(RUNS)
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", key)
              .POST(BodyPublishers.ofString(body)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRetryAdoptsWhatHadFinishedAndARerunTakesOtherInputs() throws Exception {
    Path allowed = elsewhere.resolve("allowed");
    String workflow =
        """
        cwlVersion: v1.2
        class: Workflow
        requirements: {ScatterFeatureRequirement: {}}
        inputs: {numbers: 'int[]'}
        outputs: {o: {type: 'File[]', outputSource: s/o}}
        steps:
          s:
            scatter: n
            in: {n: numbers}
            out: [o]
            run:
              class: CommandLineTool
              baseCommand: [sh, -c, 'date +%%N; test $0 != 2 || test -e %s']
              inputs: {n: {type: int, inputBinding: {position: 1}}}
              stdout: o.txt
              outputs: {o: stdout}
        """
            .formatted(allowed);
    String failed =
        submit(
            new FormBody()
                .file("workflow", "flaky.cwl", workflow)
                .text("numbers", "[1, 2]")
                .text("options", "{\"onError\": \"continue\", \"useCache\": false}")
                .text("labels", "{\"site\": \"delft\"}"));
    awaitState(failed, "failed");
    Files.createFile(allowed);
    String retried = id(server.postJson(RUNS + "/" + failed + "/retry", "{}"));
    awaitState(retried, "succeeded");
    String tasks = RUNS + "/" + retried + "/tasks/";
    assertThat(server.get(tasks + "1/attempts/1/stderr").statusCode())
        .as("the first task was adopted: it had no attempt here")
        .isEqualTo(404);
    assertThat(server.json(RUNS + "/" + retried).at("/labels/site").asString()).isEqualTo("delft");
    String again =
        id(server.postJson(RUNS + "/" + retried + "/rerun", "{\"inputs\": {\"numbers\": [5]}}"));
    awaitState(again, "succeeded");
    assertThat(server.json(RUNS + "/" + again + "/outputs").at("/outputs/o").size()).isEqualTo(1);
    assertThat(server.postJson(RUNS + "/" + again + "/retry", "{}").statusCode()).isEqualTo(409);
    assertThat(server.send(server.to(RUNS + "/" + failed).DELETE()).statusCode()).isEqualTo(204);
    assertThat(server.get(RUNS + "/" + failed).statusCode()).isEqualTo(404);
    assertThat(server.get(RUNS + "/" + retried + "/outputs/o/0").statusCode())
        .as("what a later run adopted outlives the run that made it")
        .isEqualTo(200);
  }

  @Test
  void aLogIsFollowedUntilTheAttemptHasEnded() throws Exception {
    String run = submit(new FormBody().file("workflow", "talk.cwl", TALK).text("seconds", "2"));
    String log = RUNS + "/" + run + "/tasks/1/attempts/1/stderr";
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.get(log).statusCode() == 200);
    assertThat(server.get(log + "?follow=true").body()).isEqualTo("one\ntwo\n");
    awaitState(run, "succeeded");
    assertThat(server.get(log + "?tail=1").body()).isEqualTo("two\n");
    assertThat(server.send(server.to(log).header("Range", "bytes=4-6")).body()).isEqualTo("two");
    assertThat(server.get(RUNS + "/" + run + "/tasks/9/attempts/1/stderr").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aRunIsPausedAndResumedAndARunningOneIsNotDeleted() throws Exception {
    String run = submit(new FormBody().file("workflow", "talk.cwl", TALK).text("seconds", "600"));
    awaitState(run, "running");
    assertThat(server.send(server.to(RUNS + "/" + run).DELETE()).statusCode()).isEqualTo(409);
    assertThat(server.postJson(RUNS + "/" + run + "/pause", "").statusCode()).isEqualTo(202);
    awaitState(run, "paused");
    assertThat(server.postJson(RUNS + "/" + run + "/resume", "").statusCode()).isEqualTo(202);
    awaitState(run, "running");
    assertThat(server.postJson(RUNS + "/" + run + "/cancel", "").statusCode()).isEqualTo(202);
    awaitState(run, "cancelled");
    assertThat(server.postJson(RUNS + "/" + run + "/pause", "").statusCode()).isEqualTo(409);
    int before = shared.uploads();
    assertThat(server.send(server.to(RUNS + "/" + run).DELETE()).statusCode()).isEqualTo(204);
    assertThat(shared.uploads()).as("its upload goes with it").isEqualTo(before - 1);
  }

  @Test
  void pagesAreStableAndSearchesRestrict() throws Exception {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(
          submit(
              new FormBody()
                  .file("workflow", "folder.cwl", FOLDER)
                  .text("labels", "{\"page\": \"yes & no\", \"n\": \"" + i + "\"}")));
    }
    List<String> seen = new ArrayList<>();
    String next = RUNS + "?limit=2&label=page%3Dyes%20%26%20no";
    while (!next.isEmpty()) {
      JsonNode page = server.json(next);
      page.get("runs").forEach(run -> seen.add(run.get("id").asString()));
      next = page.path("next").asString("");
      submit(
          new FormBody()
              .file("workflow", "folder.cwl", FOLDER)
              .text("labels", "{\"page\": \"yes & no\"}"));
    }
    assertThat(seen).as("runs that come meanwhile move no page").isEqualTo(made);
    String run = made.getFirst();
    HttpResponse<String> patched =
        server.send(
            server
                .to(RUNS + "/" + run)
                .header("Content-Type", "application/merge-patch+json")
                .method(
                    "PATCH",
                    BodyPublishers.ofString("{\"labels\": {\"n\": null, \"new\": \"1\"}}")));
    assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
    assertThat(server.json(RUNS + "/" + run).get("labels").toString())
        .contains("new")
        .doesNotContain("\"n\"");
    assertThat(server.json(RUNS + "?label=new=1&state=cancelled").get("runs").size()).isZero();
    assertThat(server.json(RUNS + "?label=new=1&from=2001-01-01").get("runs").size()).isOne();
    HttpResponse<String> shown = server.get(RUNS + "/" + run);
    assertThat(
            server
                .send(
                    server
                        .to(RUNS + "/" + run)
                        .header("If-None-Match", shown.headers().firstValue("ETag").orElseThrow()))
                .statusCode())
        .isIn(200, 304);
  }
}
