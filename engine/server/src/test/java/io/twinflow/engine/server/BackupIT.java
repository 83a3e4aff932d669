package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.backup.RestoreCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine;
import tools.jackson.databind.node.ObjectNode;

final class BackupIT {

  private static final String RUNS = "/api/v1/runs";
  private static final String TOLD = "runs/%s/work/batches";

  /** Says that it began, and ends when it may. */
  private static final String TOOL =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand:
        - sh
        - -c
        - 'echo began >> "$1.effects"; until [ -e "$1" ]; do sleep 0.1; done; echo "$0"'
      inputs:
        message: {type: string, inputBinding: {position: 1}}
        gate: {type: string, inputBinding: {position: 2}}
      stdout: out.txt
      outputs: {said: stdout}
      """;

  @TempDir static Path folder;
  private static Path data;
  private static Path archive;
  private static Path gate;
  private static String ended;
  private static String open;
  private static TestServer server;

  private record Said(int code, String text) {}

  @BeforeAll
  static void serveAndBackUp() throws Exception {
    data = folder.resolve("data");
    archive = folder.resolve("backup.tar.gz");
    gate = folder.resolve("gate");
    server = TestServer.start(data);
    Path free = Files.createFile(folder.resolve("free"));
    ended = submit("ends", free);
    open = submit("goes on", gate);
    await(server, ended, "succeeded");
    HttpResponse<String> labelled =
        server.send(
            server
                .to(RUNS + "/" + ended)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"labels\": {\"twin\": \"delft\"}}")));
    assertThat(labelled.statusCode()).as(labelled.body()).isEqualTo(200);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> began() == 1);
    // As a site leaves it that writes down what its jobs are told.
    Path told = Files.createDirectories(data.resolve(TOLD.formatted(open))).resolve("tf-job");
    Files.writeString(told, "key='secret'\n");
    assertThat(backUp(archive).text()).contains("2 runs (1 not finished)");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static long began() throws IOException {
    Path effects = Path.of(gate + ".effects");
    return Files.exists(effects) ? Files.readAllLines(effects).size() : 0;
  }

  private static String submit(String message, Path gate) throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", TOOL)
        .putObject("inputs")
        .put("message", message)
        .put("gate", gate.toString());
    return TestServer.JSON
        .readTree(server.postJson(RUNS, body.toString()).body())
        .get("id")
        .asString();
  }

  private static void await(TestServer of, String run, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(of.json(RUNS + "/" + run).get("state").asString()).isEqualTo(state));
  }

  private static Said restore(Path from, Path to) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int code =
        new CommandLine(new RestoreCommand())
            .setOut(out)
            .setErr(out)
            .setCommandName("twinflow")
            .setExecutionExceptionHandler((e, line, parsed) -> StartFailure.tell(e, line))
            .execute(from.toString(), "--data", to.toString());
    return new Said(code, text.toString());
  }

  @Test
  void aRestoredServerHasWhatWasFinishedAndGoesOnWithTheRestAsAnInstallationOfItsOwn()
      throws Exception {
    Path other = folder.resolve("restored");
    assertThat(restore(archive, other)).returns(0, Said::code);
    assertThat(other.resolve(TOLD.formatted(open))).doesNotExist();
    try (TestServer restored = TestServer.start(other)) {
      assertThat(restored.get(RUNS + "/" + ended + "/outputs/said").body()).isEqualTo("ends\n");
      assertThat(relabelled(restored))
          .as("rows that name a run, of a table that is filled before that of the runs")
          .isEqualTo(1);
      assertThat(Files.readString(other.resolve("installation")))
          .isNotEqualTo(Files.readString(data.resolve("installation")));
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> began() == 2);
      Files.createFile(gate);
      await(restored, open, "succeeded");
      await(server, open, "succeeded");
      assertThat(restored.get(RUNS + "/" + open + "/outputs/said").body()).isEqualTo("goes on\n");
      String again = restored.postJson(RUNS + "/" + ended + "/rerun", "{\"inputs\": {}}").body();
      String rerun = TestServer.JSON.readTree(again).get("id").asString();
      await(restored, rerun, "succeeded");
      assertThat(restored.json(RUNS + "/" + rerun + "/steps").at("/steps/0/cached").asInt())
          .as("the call cache names its files where they lie now")
          .isEqualTo(1);
    }
  }

  private static long relabelled(TestServer of) {
    return JdbcClient.create(of.part(DataSource.class))
        .sql("SELECT count(*) FROM relabelling WHERE run = ?")
        .param(ended)
        .query(Long.class)
        .single();
  }

  @Test
  void aFolderThatIsNotEmptyIsLeftAlone() throws Exception {
    assertThat(restore(archive, data).text()).contains("is not empty", "into a new folder");
    assertThat(backUp(archive).text()).contains("is there already");
  }

  @Test
  void aDamagedArchiveIsRefusedAndNothingIsMade() throws Exception {
    byte[] whole = Files.readAllBytes(archive);
    Path damaged = folder.resolve("damaged.tar.gz");
    for (int length : new int[] {0, 1, 100, whole.length / 2, whole.length - 1}) {
      Files.write(damaged, Arrays.copyOf(whole, length));
      assertRefused(damaged, length < 100 ? "no backup" : "");
    }
    whole[whole.length / 2] ^= 1;
    Files.write(damaged, whole);
    assertRefused(damaged, "damaged");
  }

  @Test
  void aChangedFileAndANewerSchemaAreNamed() throws Exception {
    Path texts = folder.resolve("texts");
    assertThat(backUp(texts).code()).isZero();
    Path journal = texts.resolve("tables/journal.csv");
    String before = Files.readString(journal);
    Files.writeString(journal, "x", StandardOpenOption.APPEND);
    assertRefused(texts, "tables/journal.csv has the SHA-256");
    Files.writeString(journal, before);
    Path manifest = texts.resolve("manifest.json");
    String said = Files.readString(manifest);
    String newer = said.replaceFirst("\"schema\" : \"\\d+\"", "\"schema\" : \"9999\"");
    Files.writeString(manifest, newer);
    Path sums = texts.resolve("SHA256SUMS");
    Files.writeString(sums, Files.readString(sums).replace(sha256(said), sha256(newer)));
    assertRefused(texts, "version 9999 of the schema");
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertRefused(Path from, String because) throws IOException {
    Path target = folder.resolve("never");
    Said said = restore(from, target);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).contains(because).doesNotContain("\tat ");
    assertThat(target).doesNotExist();
    assertThat(parts()).isEmpty();
  }

  private static List<Path> parts() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.getFileName().toString().startsWith(".")).toList();
    }
  }

  @Test
  void whatIsBrokenOffLeavesNoHalfArchive() throws Exception {
    Path big = data.resolve("runs").resolve(ended).resolve("big");
    try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
      file.setLength(8L << 30);
    }
    Path half = folder.resolve("half.tar");
    try {
      Process stopped = backup("exec", half);
      Awaitility.await().until(() -> parts().stream().anyMatch(BackupIT::isBegun));
      stopped.destroy();
      assertThat(stopped.waitFor()).isNotZero();
      assertThat(half).doesNotExist();
      assertThat(parts()).isEmpty();

      Process full = backup("ulimit -f 20000; exec", half);
      assertThat(full.waitFor()).isEqualTo(1);
      assertThat(half).doesNotExist();
      assertThat(parts()).isEmpty();
    } finally {
      Files.delete(big);
    }
  }

  private static boolean isBegun(Path part) {
    return part.toFile().length() > 1 << 20;
  }

  /** A process of its own: the lock of a data folder is between processes. */
  private static Said backUp(Path target) throws IOException, InterruptedException {
    int code = backup("exec", target).waitFor();
    return new Said(code, Files.readString(folder.resolve("backup.log")));
  }

  private static Process backup(String how, Path target) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", how + " \"$@\"", "sh"));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "backup",
            "--data",
            data.toString(),
            target.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("backup.log").toFile())
        .start();
  }
}
