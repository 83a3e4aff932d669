package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.TestServer.Said;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a client of a server. */
final class ClientIT {

  @TempDir static Path data;
  @TempDir static Path here;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(data);
    Files.createDirectories(here.resolve("lib"));
    Files.writeString(
        here.resolve("lib/cat.cwl"),
        """
        cwlVersion: v1.2
        class: CommandLineTool
        baseCommand: [sh, -c, 'echo said >&2; cat "$0" "$0.idx"']
        inputs: {f: {type: File, secondaryFiles: [.idx], inputBinding: {}}}
        stdout: got.txt
        outputs: {o: stdout}
        """);
    Files.writeString(
        here.resolve("main.cwl"),
        """
        cwlVersion: v1.2
        class: Workflow
        inputs: {f: {type: File, secondaryFiles: [.idx]}}
        steps: {c: {in: {f: f}, out: [o], run: lib/cat.cwl}}
        outputs: {o: {type: File, outputSource: c/o}}
        """);
    Files.writeString(here.resolve("in put.txt"), "some data\n");
    Files.writeString(here.resolve("in put.txt.idx"), "its index\n");
    Files.writeString(
        here.resolve("job.yml"),
        """
        f: {class: File, path: in put.txt, secondaryFiles: [{class: File, path: in put.txt.idx}]}
        """);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Said twinflow(String... words) {
    return server.twinflow(here, words);
  }

  @Test
  void aWorkflowOfSeveralFilesIsSubmittedWatchedAndItsOutputsFetched() throws Exception {
    Said submitted = twinflow("submit", "--watch", "main.cwl", "job.yml");
    assertThat(submitted.code()).as(submitted.err()).isZero();
    String run = submitted.out().strip();
    assertThat(submitted.err()).contains("c: done", "succeeded after");
    assertThat(twinflow("list", "--state", "succeeded").out()).contains(run);
    assertThat(twinflow("status", run).out()).startsWith("succeeded");
    Said logs = twinflow("logs", run, "c", "--stderr");
    assertThat(logs.out()).as(logs.err()).isEqualTo("==> /c stderr <==\nsaid\n");
    Said outputs = twinflow("outputs", run, "--outdir", "results");
    assertThat(outputs.code()).as(outputs.err()).isZero();
    assertThat(here.resolve("results/got.txt")).hasContent("some data\nits index\n");
    assertThat(outputs.out()).contains("\"location\": \"file://" + here.resolve("results/got.txt"));
    assertThat(outputs.err()).isEmpty();
    assertThat(twinflow("outputs", run, "--outdir", "results").err())
        .isEqualTo(
            "%s: what was there stays; results of the same names are in its folders 2, 3, …\n"
                .formatted(here.resolve("results")));
    assertThat(here.resolve("results/2/got.txt")).exists();
  }

  @Test
  void filesThatTheWorkflowItselfNamesAreSentToo() throws Exception {
    Files.createDirectories(here.resolve("scripts"));
    Files.writeString(here.resolve("scripts/a.sh"), ". \"$(dirname \"$0\")/b.sh\"\n");
    Files.writeString(here.resolve("scripts/b.sh"), "cat table.csv\n");
    Files.writeString(here.resolve("scripts/table.csv"), "1,2\n");
    Files.writeString(
        here.resolve("lib/named.cwl"),
        """
        cwlVersion: v1.2
        class: CommandLineTool
        baseCommand: sh
        requirements:
          InitialWorkDirRequirement:
            listing: [{class: File, location: ../scripts/table.csv}]
        inputs:
          script:
            type: File
            default:
              class: File
              location: ../scripts/a.sh
              secondaryFiles: [{class: File, location: ../scripts/b.sh}]
            inputBinding: {}
        stdout: named.txt
        outputs: {o: stdout}
        """);
    Files.writeString(
        here.resolve("named.cwl"),
        """
        cwlVersion: v1.2
        class: Workflow
        inputs: []
        steps: {c: {in: [], out: [o], run: lib/named.cwl}}
        outputs: {o: {type: File, outputSource: c/o}}
        """);

    Said submitted = twinflow("submit", "--watch", "named.cwl");

    assertThat(submitted.code()).as(submitted.err()).isZero();
    Said outputs = twinflow("outputs", submitted.out().strip(), "--outdir", "named");
    assertThat(outputs.code()).as(outputs.err()).isZero();
    assertThat(here.resolve("named/named.txt")).hasContent("1,2\n");
  }

  @Test
  void whatHasEndedIsNotToldToBeCancelled() throws Exception {
    Files.writeString(
        here.resolve("false.cwl"),
        "{cwlVersion: v1.2, class: CommandLineTool, baseCommand: 'false', inputs: [], outputs: []}");
    String run = twinflow("submit", "--watch", "false.cwl").out().strip();

    Said cancelled = twinflow("cancel", run);

    assertThat(cancelled.code()).isEqualTo(1);
    assertThat(cancelled.err()).isEqualTo(run + ": had ended before (failed)\n");
    Said again = twinflow("retry", run);
    assertThat(again.err()).isEqualTo("more:    twinflow watch " + again.out());
  }

  @Test
  void whatIsKeptHowLongIsToldInDays() throws Exception {
    assertThat(twinflow("retention", "--rule", "*:age=30d").out()).contains("30 d");
    assertThat(twinflow("retention", "--keep-all").err()).contains("everything is kept");
  }

  @Test
  void whatTheServerRefusesIsToldInItsWords() throws Exception {
    assertThat(twinflow("status", "20261120-000000-nothin").err())
        .contains("there is no run 20261120-000000-nothin");
    Said wrong = twinflow("list", "--server", "http://127.0.0.1:1");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("no server answers here");
  }

  @Test
  void aTriggerIsTriedSavedWatchedAndDeleted() throws Exception {
    Files.writeString(
        here.resolve("gauge.yaml"),
        """
        name: gauge
        filter: {type: reading}
        workflow: wanted
        inputs: {word: $(self.data.word)}
        """);
    Files.writeString(
        here.resolve("event.json"),
        """
        {"specversion": "1.0", "id": "1", "source": "/client", "type": "reading", "data": {"word": "x"}}
        """);
    assertThat(twinflow("triggers").err()).contains("there is no trigger");
    assertThat(twinflow("sources").err()).contains("there is no source for you");
    assertThat(
            twinflow(
                    "sources",
                    "backfill",
                    "nightly",
                    "--from",
                    "2026-11-01T00:00:00Z",
                    "--to",
                    "2026-11-08T00:00:00Z")
                .err())
        .contains("there is no schedule nightly");
    assertThat(twinflow("triggers", "save", "gauge.yaml").err()).contains("wanted");
    server.send(
        server
            .to("/api/v1/workflows?name=wanted")
            .header("Content-Type", "application/cwl")
            .POST(
                BodyPublishers.ofString(
                    """
                    {"cwlVersion": "v1.2", "class": "CommandLineTool", "baseCommand": "echo",
                     "inputs": {"word": "string"}, "outputs": {}}
                    """)));
    Said tried = twinflow("triggers", "test", "gauge.yaml", "event.json");
    assertThat(tried.code()).as(tried.err()).isZero();
    assertThat(tried.out()).contains("\"word\": \"x\"");
    assertThat(twinflow("triggers", "save", "gauge.yaml").err()).contains("gauge, version 1");
    assertThat(twinflow("triggers").out()).contains("gauge", "enabled");
    assertThat(twinflow("triggers", "show", "gauge").out()).contains("filter: {type: reading}");
    assertThat(twinflow("triggers", "disable", "gauge").err()).contains("does not fire any more");
    assertThat(twinflow("triggers").out()).contains("disabled");
    assertThat(twinflow("triggers", "enable", "gauge").code()).isZero();
    server.send(
        server
            .to("/api/v1/events")
            .header("Content-Type", "application/cloudevents+json")
            .POST(BodyPublishers.ofFile(here.resolve("event.json"))));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(twinflow("triggers", "firings", "--trigger", "gauge").out())
                .contains("done"));
    assertThat(twinflow("triggers", "firings", "--state", "dead").err()).contains("nothing came");
    assertThat(twinflow("triggers", "replay", "--trigger", "gauge").err())
        .contains("nothing of that is dead");
    assertThat(twinflow("triggers", "replay").code()).isEqualTo(2);
    decided();
    assertThat(twinflow("triggers", "delete", "gauge").code()).isZero();
    assertThat(twinflow("triggers", "show", "gauge").code()).isEqualTo(1);
  }

  /** What a trigger that asks a table would do. */
  private void decided() throws Exception {
    Dmn.keep(server, "wanted-level", Dmn.alarm("5.06"));
    Files.writeString(
        here.resolve("level.yaml"),
        """
        name: level
        filter: {type: reading}
        decide: {decision: wanted-level, inputs: {level: $(self.data.level)}}
        workflow: wanted
        inputs: {word: $(decision.colour)}
        """);
    for (String level : new String[] {"1", "9"}) {
      Files.writeString(
          here.resolve(level + ".json"),
          """
          {"specversion": "1.0", "id": "1", "source": "/client", "type": "reading", "data": {"level": %s}}
          """
              .formatted(level));
    }
    Said red = twinflow("triggers", "test", "level.yaml", "9.json");
    assertThat(red.code()).as(red.err()).isZero();
    assertThat(red.err())
        .contains("decided by wanted-level, version ", "rule 2 of alarm (severe)", "a run of ");
    assertThat(red.out()).contains("\"word\": \"red\"");
    Said calm = twinflow("triggers", "test", "level.yaml", "1.json");
    assertThat(calm.code()).isEqualTo(1);
    assertThat(calm.err()).contains("no rule", "no run: no rule of wanted-level matched");
  }
}
