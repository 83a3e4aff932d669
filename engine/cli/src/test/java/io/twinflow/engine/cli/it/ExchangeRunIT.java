package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command runs a workflow at functions that share nothing with this machine but a store: real
 * ones, and a real store.
 */
@Timeout(240)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_FUNCTIONS_URL", matches = ".+")
@EnabledIfEnvironmentVariable(named = "TWINFLOW_S3_ENDPOINT", matches = ".+")
class ExchangeRunIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** The first tool counts its runs, and goes on when there is no file `wait` any more. */
  private static final String WORKFLOW =
      """
      cwlVersion: v1.2
      class: Workflow
      inputs: {text: File, folder: string}
      outputs: {all: {type: File, outputSource: copy/all}}
      steps:
        work:
          in: {text: text, folder: folder}
          out: [made]
          run:
            class: CommandLineTool
            baseCommand: [sh, -c]
            arguments:
              - |
                echo ran >>"$1/runs"
                echo "words for people" >&2
                while test -e "$1/wait"; do sleep 0.1; done
                cat "$0" "$0"
            inputs:
              text: {type: File, inputBinding: {position: 1}}
              folder: {type: string, inputBinding: {position: 2}}
            stdout: made.txt
            outputs: {made: stdout}
        copy:
          in: {made: work/made}
          out: [all]
          run:
            class: CommandLineTool
            baseCommand: cat
            inputs: {made: {type: File, inputBinding: {}}}
            stdout: all.txt
            outputs: {all: stdout}
      """;

  @TempDir private Path folder;
  private ExchangeTrial trial;
  private FunctionTap function;
  private StoreGate store;

  @BeforeEach
  void start() throws Exception {
    trial = new ExchangeTrial(folder);
    function = new FunctionTap(URI.create(System.getenv("TWINFLOW_FUNCTIONS_URL")));
    store = new StoreGate(URI.create(System.getenv("TWINFLOW_S3_ENDPOINT")));
    trial.configure(
        store.endpoint(),
        """
        far:
          type: functions
          functions: {"*": "%s"}
          scratch: %s
          poll: 200ms
        """
                .formatted(function.uri(), folder.resolve("scratch"))
            + slurm());
    Files.writeString(folder.resolve("w.cwl"), WORKFLOW);
    Files.writeString(folder.resolve("text"), "over there\n");
    Files.writeString(
        folder.resolve("job.yml"),
        "text: {class: File, path: text}\nfolder: %s\n".formatted(folder));
  }

  /** Nothing if there is none. */
  private String slurm() {
    return System.getenv("TWINFLOW_SLURM_URL") == null
        ? ""
        : """
        hpc:
          type: slurm
          rest: %s
          user: %s
          token: {environment: TWINFLOW_SLURM_TOKEN}
          scratch: %s
          poll: 200ms
        """
            .formatted(
                System.getenv("TWINFLOW_SLURM_URL"),
                System.getenv("TWINFLOW_SLURM_USER"),
                folder.resolve("scratch"));
  }

  private static void needs(String site) {
    assumeTrue(
        site.equals("far") || System.getenv("TWINFLOW_SLURM_URL") != null,
        "there is no Slurm; eval \"$(peers/slurm start)\"");
  }

  @AfterEach
  void stop() throws IOException {
    Files.deleteIfExists(folder.resolve("wait"));
    // Who has sent all removes what it needed; then nothing is in the way of this folder's end.
    await().atMost(PATIENCE).until(this::isTidied);
    function.close();
    store.close();
    trial.close();
  }

  private boolean isTidied() {
    Path scratch = folder.resolve("scratch");
    if (!Files.exists(scratch)) {
      return true;
    }
    try (Stream<Path> all = Files.walk(scratch, 3)) {
      return all.noneMatch(path -> scratch.relativize(path).getNameCount() == 3);
    } catch (IOException | UncheckedIOException goesAwayJustNow) {
      return false;
    }
  }

  /**
   * @param site of all steps that the next words do not name
   */
  private static String[] run(String site, String... more) {
    List<String> words = new ArrayList<>(List.of("run", "--no-cache", "--site", site));
    words.addAll(List.of(more));
    words.addAll(List.of("--outdir", "out", "w.cwl", "job.yml"));
    return words.toArray(String[]::new);
  }

  private CommandRun call(String... args) {
    return CommandRun.in(folder).call(args);
  }

  private void hasRunOnce(CommandRun run) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("out/all.txt")).hasContent("over there\nover there\n");
    assertThat(runs()).containsExactly("ran");
  }

  private List<String> runs() throws IOException {
    Path file = folder.resolve("runs");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  @Test
  void theOutputsComeHomeAndNoCredentialStaysAnywhere() throws Exception {
    CommandRun run = call(run("far"));
    hasRunOnce(run);
    CommandRun logs = call("logs", "latest", "work");
    assertThat(logs.out() + logs.err()).contains("words for people");
    CommandRun shown = call("show", "--json", "latest");
    assertThat(shown.out()).contains("\"far\"");

    assertThat(function.events()).isNotEmpty();
    for (String event : function.events()) {
      assertThat(event).doesNotContain(trial.secret(), "X-Amz-Signature");
      Matcher token = Pattern.compile("\"TWINFLOW_TOKEN\":\"([^\"]{20,})\"").matcher(event);
      assertThat(token.find()).as(event).isTrue();
      assertThat(trial.filesWith(token.group(1))).isEmpty();
      assertThat(run.out() + run.err() + shown.out()).doesNotContain(token.group(1));
    }
    assertThat(trial.filesWith("made.txt")).as("what is looked through").isNotEmpty();
    for (String secret : List.of(trial.secret(), "X-Amz-Signature")) {
      assertThat(trial.filesWith(secret)).isEmpty();
      assertThat(run.out() + run.err() + shown.out() + logs.out()).doesNotContain(secret);
    }

    assertThat(trial.objects()).anyMatch(name -> name.endsWith("/out/made.txt"));
    assertThat(call("runs", "--delete", "latest").code()).isZero();
    // Inputs are shared, and go when nobody has needed them for long.
    assertThat(trial.objects()).allMatch(name -> name.startsWith("all/sites/far/inputs/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"far", "hpc"})
  void aCommandThatWasKilledGoesOnWithTheToolRunOnce(String site) throws Exception {
    needs(site);
    Files.createFile(folder.resolve("wait"));
    ChildTwinflow child = ChildTwinflow.start(folder, List.of(), run(site));
    await().atMost(PATIENCE).until(() -> runs().size() == 1);
    child.killAtOnce();
    Files.delete(folder.resolve("wait"));
    hasRunOnce(call("resume", "latest", "--outdir", "out"));
  }

  @Test
  void whatOneSiteHasMadeTheNextOneFetchesFromTheStore() throws Exception {
    needs("hpc");
    hasRunOnce(call(run("far", "--site", "copy=hpc")));
    String shown = call("show", "--json", "latest").out();
    assertThat(shown).contains("\"far\"", "\"hpc\"");
    assertThat(trial.objects()).anyMatch(name -> name.endsWith("/out/all.txt"));
  }

  @Test
  void aStoreThatGoesAwayDuringAnUploadIsWaitedFor() throws Exception {
    store.goAwayAt(request -> request.startsWith("PUT ") && request.contains("/out/made.txt"));
    CompletableFuture<CommandRun> running = new CompletableFuture<>();
    Thread.ofPlatform().start(() -> running.complete(call(run("far"))));
    await().atMost(PATIENCE).until(() -> store.isAway() || running.isDone());
    assertThat(store.isAway()).isTrue();
    // Whoever needs it has asked again, and in vain.
    await().atMost(PATIENCE).until(() -> store.refused() >= 4 || running.isDone());
    assertThat(running).isNotDone();
    store.comeBack();
    hasRunOnce(running.get());
  }
}
