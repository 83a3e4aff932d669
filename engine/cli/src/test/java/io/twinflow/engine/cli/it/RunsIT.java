package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.cli.CommandRun;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.journal.FileJournalStore;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.workflowdefs.value.RecordValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many runs are listed at once, and none that goes on is removed. */
class RunsIT {

  private static final int RUNS = 300;
  private static final int EVENTS = 20_000;
  private static final Payload NOTHING = new Payload.Inline(RecordValue.EMPTY);

  @TempDir private Path folder;

  @Test
  void threeHundredRunsAreListedInUnderASecond() throws Exception {
    Path runs = folder.resolve("home/runs");
    Path large = journal(runs, new RunId("20260101-000000-aaaaaa"), EVENTS);
    Path small = journal(runs, new RunId("20260101-000000-bbbbbb"), 20);
    for (int i = 2; i < RUNS; i++) {
      Path run = Files.createDirectory(runs.resolve("20260102-000000-%06d".formatted(i)));
      Files.copy(i % 10 == 0 ? large : small, run.resolve("journal"));
    }
    CommandRun.in(folder).call("runs", "--limit", "1");
    long best = Long.MAX_VALUE;
    CommandRun list = CommandRun.in(folder);
    for (int i = 0; i < 3; i++) {
      long began = System.nanoTime();
      list = CommandRun.in(folder).call("runs");
      best = Math.min(best, System.nanoTime() - began);
    }

    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.out().lines().filter(line -> line.contains("succeeded  flood")))
        .hasSize(RUNS)
        .allMatch(line -> line.endsWith("project=flood"));
    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(1));
  }

  /** As a run of so many events leaves it. */
  private static Path journal(Path runs, RunId run, int events) throws Exception {
    Event created =
        new Event.RunCreated(
            "admin",
            "flood",
            "abc",
            NOTHING,
            Event.RunOptions.DEFAULT,
            Map.of("project", "flood"),
            Optional.empty());
    FileJournalStore store = new FileJournalStore(Files.createDirectories(runs));
    try (Journal journal = store.create(run, "test")) {
      append(journal, run, List.of(created));
      while (journal.head() < events - 1) {
        List<Event> batch = new ArrayList<>();
        for (int i = 0; i < 100 && journal.head() + i < events - 1; i++) {
          batch.add(new Event.NoticeGiven("something happened, and it was number " + i));
        }
        append(journal, run, batch);
      }
      append(
          journal, run, List.of(new Event.RunEnded(RunState.SUCCEEDED, NOTHING, null, List.of())));
    }
    return runs.resolve(run.value()).resolve("journal");
  }

  private static void append(Journal journal, RunId run, List<Event> events) {
    List<Envelope> envelopes = new ArrayList<>();
    for (Event event : events) {
      long sequence = journal.head() + envelopes.size() + 1;
      Instant time = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(sequence);
      envelopes.add(new Envelope("default", run, sequence, time, "engine", "test", event));
    }
    journal.append(journal.head(), 0, "append-" + journal.head(), envelopes);
  }

  @Test
  void aRunThatGoesOnIsNotRemoved() throws Exception {
    Tools.shell(
        folder.resolve("endless.cwl"),
        "touch " + folder.resolve("started") + "; sleep 1000",
        "inputs: []\noutputs: []");
    ChildTwinflow child = ChildTwinflow.start(folder, List.of(), "run", "endless.cwl");
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("started")));
    String id;
    try (var runs = Files.list(folder.resolve("home/runs"))) {
      id = runs.findFirst().orElseThrow().getFileName().toString();
    }

    CommandRun named = CommandRun.in(folder).call("runs", "--delete", id);
    CommandRun old = CommandRun.in(folder).call("runs", "--delete", "--older-than", "0s");

    assertThat(named.code()).isEqualTo(1);
    assertThat(named.err()).contains(id + ": is running");
    assertThat(old.code()).as(old.err()).isZero();
    assertThat(old.out()).contains("0 runs");
    assertThat(CommandRun.in(folder).call("resume", id).err())
        .contains("goes on in another process");
    assertThat(child.isAlive()).isTrue();
    child.signal("INT");
    assertThat(child.await(30)).isEqualTo(130);
    assertThat(CommandRun.in(folder).call("show", id).out()).contains("cancelled");
    assertThat(CommandRun.in(folder).call("runs", "--delete", id).out()).contains("removed " + id);
    assertThat(folder.resolve("home/runs").resolve(id)).doesNotExist();
    assertThat(CommandRun.in(folder).call("runs").err()).contains("no runs yet");
  }

  @Test
  void aRunTellsWhyItWaits() throws Exception {
    Files.writeString(
        folder.resolve("w.cwl"),
        """
        cwlVersion: v1.2
        class: Workflow
        requirements: {ScatterFeatureRequirement: {}}
        inputs: {marks: "string[]"}
        outputs: []
        steps:
          simulate:
            scatter: mark
            in: {mark: marks}
            out: [o]
            run:
              class: CommandLineTool
              baseCommand: [sh, -c, 'touch "$0"; sleep 1000']
              inputs: {mark: {type: string, inputBinding: {}}}
              outputs: {o: {type: string, outputBinding: {outputEval: x}}}
          draw:
            in: {x: simulate/o}
            out: []
            run: {class: CommandLineTool, baseCommand: "true", inputs: {x: "string[]"}, outputs: []}
        """);
    String marks = "marks: [%1$s/a, %1$s/a, %1$s/a]\n".formatted(folder);
    Files.writeString(folder.resolve("job.yml"), marks);
    ChildTwinflow child =
        ChildTwinflow.start(folder, List.of(), "run", "--cores", "1", "w.cwl", "job.yml");
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("a")));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(CommandRun.in(folder).call("show", "latest").out())
                .contains("waiting:", "  2 tasks at site local for cores and memory")
                .contains("  draw for simulate"));
    child.signal("INT");
    assertThat(child.await(30)).isEqualTo(130);
    assertThat(CommandRun.in(folder).call("show", "latest").out()).doesNotContain("waiting:");
  }

  @Test
  void aToolThatIsRunAloneIsKnownByItsName() throws Exception {
    Tools.shell(folder.resolve("bad.cwl"), "echo wrong >&2; exit 3", "inputs: []\noutputs: []");
    CommandRun run = CommandRun.in(folder).call("run", "bad.cwl");

    assertThat(run.err().split("exit code 3", -1)).as(run.err()).hasSize(2);
    assertThat(run.err()).contains("bad failed (the tool): exit code 3");
    assertThat(CommandRun.in(folder).call("show", "latest", "bad").out())
        .contains("bad   failed", "bad failed (the tool): exit code 3");
    assertThat(CommandRun.in(folder).call("logs", "latest", "bad").out())
        .isEqualTo("==> bad stderr <==\nwrong\n");
    Tools.shell(folder.resolve("good.cwl"), "true", "inputs: []\noutputs: []");
    CommandRun.in(folder).call("run", "good.cwl");
    assertThat(CommandRun.in(folder).call("cache", "explain", "latest", "good").code()).isZero();
  }
}
