package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Servers that share a database and an object store, and no folder; and files larger than heaps.
 */
class SharedStoreIT {

  private static final Duration BOUND = Duration.ofMinutes(4);
  private static final long MEBI = 1024 * 1024;

  private static final String TWO_STEPS =
      """
      cwlVersion: v1.2
      class: Workflow
      inputs: {text: File, wait: string, log: string}
      outputs: {out: {type: File, outputSource: second/out}}
      steps:
        first:
          in: {text: text}
          out: [out]
          run:
            class: CommandLineTool
            baseCommand: cat
            inputs: {text: {type: File, inputBinding: {}}}
            stdout: first.txt
            outputs: {out: stdout}
        second:
          in: {text: first/out, wait: wait, log: log}
          out: [out]
          run:
            class: CommandLineTool
            baseCommand: [sh, -c, 'echo begun >> "$2"; while [ ! -e "$1" ]; do sleep 0.1; done; cat "$0"']
            inputs:
              text: {type: File, inputBinding: {position: 1}}
              wait: {type: string, inputBinding: {position: 2}}
              log: {type: string, inputBinding: {position: 3}}
            stdout: second.txt
            outputs: {out: stdout}
      """;

  private static final String CAT =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: cat
      inputs: {file: {type: File, inputBinding: {}}}
      stdout: copy.bin
      outputs: {copy: stdout}
      """;

  @TempDir static Path folder;
  private static TestBucket bucket;
  private static PrivatePostgres database;
  private static String url;
  private static Path sites;

  @BeforeAll
  static void start() throws Exception {
    bucket = TestBucket.make();
    database = PreparedPostgres.start(folder.resolve("postgres"));
    PGSimpleDataSource source = database.dataSource();
    url =
        "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s"
            .formatted(source.getPortNumbers()[0], source.getUser(), source.getPassword());
    sites = bucket.sitesFile(folder, bucket.name() + "/in/");
  }

  @AfterAll
  static void stop() {
    if (database != null) {
      database.close();
      bucket.close();
    }
  }

  private static ChildServer server(String name, String store, String... more) throws IOException {
    List<String> options =
        new java.util.ArrayList<>(List.of("--db", url, "--s3", sites.toString()));
    if (!store.isEmpty()) {
      options.addAll(List.of("--store", "s3://" + bucket.name() + "/" + store));
    }
    options.addAll(List.of(more));
    return ChildServer.start(
        folder.resolve(name), folder.resolve(name + ".log"), "-Xmx256m", options);
  }

  private static String submit(ChildServer server, ObjectNode body) throws Exception {
    HttpResponse<String> answer = server.postJson("/api/v1/runs", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  private static void awaitSuccess(ChildServer server, String run, Duration bound) {
    Awaitility.await()
        .atMost(bound)
        .ignoreExceptions()
        .until(() ->
            List.of("succeeded", "failed")
                .contains(server.json("/api/v1/runs/" + run).get("state").asString()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(1))
        .untilAsserted(() ->
            assertThat(server.json("/api/v1/runs/" + run).toString())
                .contains("\"state\":\"succeeded\""));
  }

  /** The second server has the first one's tokens and nothing else. */
  private static void bringToken(String from, String to) throws IOException {
    Files.createDirectories(folder.resolve(to));
    Files.copy(
        folder.resolve(from).resolve("admin-token"), folder.resolve(to).resolve("admin-token"));
  }

  @Test
  void anotherServerGoesOnWithoutTheFolderOfTheOneThatDied() throws Exception {
    bucket.put("in/text.txt", "kept in the store\n");
    Path go = folder.resolve("go");
    Path log = folder.resolve("executions");
    ObjectNode body = TestServer.JSON.createObjectNode();
    ObjectNode inputs = body.put("workflow", TWO_STEPS).putObject("inputs");
    inputs
        .putObject("text")
        .put("class", "File")
        .put("location", "s3://" + bucket.name() + "/in/text.txt");
    inputs.put("wait", go.toString()).put("log", log.toString());
    String run;
    try (ChildServer one = server("one", "shared")) {
      one.awaitUp();
      run = submit(one, body);
      Awaitility.await().atMost(BOUND).until(() -> Files.exists(log));
    }
    bringToken("one", "two");
    Files.move(folder.resolve("one"), folder.resolve("gone"));
    try (ChildServer two = server("two", "shared")) {
      two.awaitUp();
      Files.createFile(go);
      awaitSuccess(two, run, BOUND);
      assertThat(two.get("/api/v1/runs/" + run + "/outputs/out").body())
          .isEqualTo("kept in the store\n");
    }
    try (ChildServer none = server("three", "")) {
      none.awaitEnd();
      assertThat(folder.resolve("three.log"))
          .content()
          .contains("keep their files in s3://" + bucket.name() + "/shared", "--store");
    }
  }

  @Test
  void aFileLargerThanTheHeapGoesInThroughAndOut() throws Exception {
    largeFile(160 * MEBI, "-Xmx160m", Duration.ofMinutes(4));
  }

  @Test
  @Tag("long")
  void aFileOfFourGibibytesGoesInThroughAndOut() throws Exception {
    largeFile(4096 * MEBI, "-Xmx256m", Duration.ofMinutes(30));
  }

  private static void largeFile(long size, String heap, Duration bound) throws Exception {
    Path roots = Files.createDirectories(folder.resolve("roots"));
    Path large = roots.resolve(size + ".bin");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(size);
      for (long at = 0; at < size; at += 16 * MEBI) {
        file.seek(at);
        file.writeLong(at);
      }
    }
    String expected = sha1(Files.newInputStream(large));
    String name = "large-" + size;
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", CAT)
        .putObject("inputs")
        .putObject("file")
        .put("class", "File")
        .put("location", large.toUri().toString());
    List<String> options =
        List.of(
            "--s3", sites.toString(),
            "--store", "s3://" + bucket.name() + "/large",
            "--allow-root", roots.toString());
    try (ChildServer server =
        ChildServer.start(folder.resolve(name), folder.resolve(name + ".log"), heap, options)) {
      server.awaitUp();
      String run = submit(server, body);
      awaitSuccess(server, run, bound);
      JsonNode made = server.json("/api/v1/runs/" + run + "/outputs").at("/outputs/copy");
      assertThat(made.get("size").asLong()).isEqualTo(size);
      assertThat(made.get("checksum").asString()).isEqualTo("sha1$" + expected);
      assertThat(sha1(server.open("/api/v1/runs/" + run + "/outputs/copy").body()))
          .isEqualTo(expected);
      assertThat(folder.resolve(name + ".log")).content().doesNotContain("OutOfMemory");
    }
  }

  private static String sha1(InputStream content) throws Exception {
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    try (DigestInputStream in = new DigestInputStream(content, sha1)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha1.digest());
  }
}
