package io.twinflow.engine.stores.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The script that sites without a shared folder run, as a process, with a real object store. */
@Timeout(120)
class BundleStoreIT {

  @TempDir private Path root;
  private Attempt attempt;
  private StoreBench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new StoreBench(root, Duration.ofMinutes(10));
    attempt = Attempt.at(bench);
  }

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void fetchesRunsAndBringsBack(Client client) throws Exception {
    Path input = Files.writeString(root.resolve("in put.txt"), "from far\n");
    Files.createDirectories(root.resolve("tree/sub"));
    Files.createDirectories(root.resolve("tree/empty"));
    Files.writeString(root.resolve("tree/sub/leaf"), "leaf\n");
    TaskBuilder task =
        attempt
            .task(
                "cat \"$IN\" secret d/sub/leaf && ls d && mkdir n && echo 1 > 'n/a b#%?' && echo 2 > \"$(printf 'n/new\\nline')\" && echo oh >&2; exit 3")
            .link(input, "a'b")
            .environment("IN", bench.tasks.layout(attempt.key(), false).inputs() + "/a'b");
    String out = bench.tasks.layout(attempt.key(), false).outdir();
    task.stage(new Staging.WriteText("hush\n", out + "/secret", false, true));
    task.stage(new Staging.Copy(root.resolve("tree").toUri(), out + "/d", true));
    String said = attempt.run(client, task);
    TaskResult result = attempt.result(said);
    assertThat(result.outcome()).isEqualTo(new Outcome.Exited(3));
    assertThat(attempt.log(LogStream.STDOUT)).isEqualTo("from far\nhush\nleaf\nempty\nsub\n");
    assertThat(attempt.log(LogStream.STDERR)).isEqualTo("oh\n");
    OutputFolder folder = bench.tasks.outputs(task.build());
    assertThat(Attempt.text(folder, "n/a b#%?")).isEqualTo("1\n");
    assertThat(Attempt.text(folder, "n/new\nline")).isEqualTo("2\n");
    assertThat(Attempt.text(folder, "d/sub/leaf")).isEqualTo("leaf\n");
    assertThat(folder.glob("d/empty")).hasSize(1);
    assertThat(folder.identify(folder.find("n/a b#%?").orElseThrow()).sha1())
        .isEqualTo("e5fa44f2b31c1fb553b6021e7360d07d5d91ff5e");
    assertThat(bench.tasks.folder(attempt.key()).path()).doesNotExist();
    bench.tasks.release(attempt.key());
    assertThat(bench.tasks.look().ended()).isEmpty();
    assertThat(Attempt.text(folder, "d/sub/leaf")).isEqualTo("leaf\n");
    assertThat(bench.place.find(bench.names.folder().apply(attempt.key()) + "/out/secret"))
        .isEmpty();
  }

  @Test
  void aFileFindsWhatBelongsToItBesideItself() throws Exception {
    Path script = Files.writeString(root.resolve("a.sh"), ". \"${0%/*}/b.sh\"\n");
    Files.createDirectories(root.resolve("lib"));
    Path part = Files.writeString(root.resolve("lib/other.sh"), "echo found\n");
    String inputs = bench.tasks.layout(attempt.key(), false).inputs();
    TaskBuilder task =
        attempt
            .task("sh \"$(readlink -f " + inputs + "/a.sh)\"")
            .link(script, "a.sh")
            .link(part, "b.sh");
    String said = attempt.run(Client.CURL, task);
    assertThat(attempt.result(said).outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(attempt.log(LogStream.STDOUT)).isEqualTo("found\n");
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void startedManyTimesItRunsTheToolOnce(Client client) throws Exception {
    bench.tasks.write(attempt.task("echo ran >> " + root.resolve("effects")).build());
    List<Process> copies = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      // As on machines of their own.
      String folder = bench.tasks.folder(attempt.key()).path() + "." + i % 3;
      copies.add(bench.start(client, attempt.key(), Map.of("TWINFLOW_FOLDER", folder)));
    }
    for (Process copy : copies) {
      String said = Attempt.said(copy);
      assertThat(copy.exitValue()).as(said).isZero();
    }
    assertThat(root.resolve("effects")).hasContent("ran\n");
    assertThat(bench.tasks.look().ended()).containsExactly(attempt.key().value());
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void anInputThatIsNotWhatItWasIsTheUsersErrorAndTheToolDoesNotRun(Client client)
      throws Exception {
    Path input = Files.writeString(root.resolve("precious"), "old");
    bench.tasks.write(attempt.task("echo ran").link(input, "p").build());
    for (var stored : bench.place.list("sites/test/inputs/")) {
      bench.place.put(stored.name(), "new".getBytes(StandardCharsets.UTF_8));
    }
    TaskResult result = attempt.result(Attempt.said(bench.start(client, attempt.key(), Map.of())));
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.USER);
              assertThat(failed.reason()).contains("precious").contains("3 bytes with sha256");
            });
    assertThat(attempt.log(LogStream.STDOUT)).isEmpty();
  }
}
