package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What comes over the wire is broken, cut off or far too much: each has its answer, nothing is half
 * made, and a server with 256 MiB of heap lives on.
 */
final class BrokenClientsIT {

  /** And short enough to be read to its end, so that the answer is not lost with the connection. */
  private static final int LONGER_THAN_A_HEADER = 9 << 10;

  private static final String RUNS = "/api/v1/runs";
  private static final int LARGE = 100 << 20;
  private static final String BOUNDARY = "cut";

  private static final String COUNT =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [wc, -c]
      stdin: $(inputs.f.path)
      inputs: {f: File}
      stdout: count.txt
      outputs: {count: stdout}
      """;

  @TempDir static Path folder;
  private static ChildServer server;
  private static int runs;

  @BeforeAll
  static void start() throws Exception {
    server = ChildServer.alone(data(), folder.resolve("log"));
    server.awaitUp();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Path data() {
    return folder.resolve("data");
  }

  @AfterEach
  void nothingIsHalfMadeAndTheServerLives() throws Exception {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          assertThat(content("uploads")).as("uploads").isEqualTo(runs);
          assertThat(content("incoming")).as("incoming").isZero();
        });
    assertThat(server.json(RUNS).get("runs").size()).isEqualTo(runs);
    assertThat(server.json("/api/v1/workflows").get("workflows").size()).isZero();
  }

  private static long content(String name) throws IOException {
    Path place = data().resolve(name);
    if (!Files.isDirectory(place)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(place)) {
      return all.count();
    }
  }

  private static String head(String method, String path, String headers) throws IOException {
    return "%s %s HTTP/1.1\nHost: localhost\nAuthorization: Bearer %s\n%s\n"
        .formatted(method, path, Files.readString(data().resolve("admin-token")).strip(), headers);
  }

  private static String firstPart(String field, String file) {
    return "--%s\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\n\n"
        .formatted(BOUNDARY, field, file);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/runs, multipart/form-data; boundary=cut, workflow",
    "/api/v1/runs, application/json, ''",
    "/api/v1/workflows, application/zip, ''",
    "/api/v1/workflows, multipart/form-data; boundary=cut, workflow",
    "/ga4gh/wes/v1/runs, multipart/form-data; boundary=cut, workflow_attachment",
    "/ogc/processes, application/cwl, ''",
  })
  void aSubmissionThatIsCutOffHalfWayIsNone(String path, String type, String part)
      throws Exception {
    for (String framing : new String[] {"Content-Length: 1000000", "Transfer-Encoding: chunked"}) {
      boolean chunked = framing.startsWith("T");
      String body = (part.isEmpty() ? "" : firstPart(part, "a.cwl")) + "x".repeat(30_000);
      String sent = chunked ? "FFFFF\n" + body : body;
      try (RawClient client = RawClient.to(server.port())) {
        client.write(head("POST", path, "Content-Type: %s\n%s\n".formatted(type, framing)));
        client.write(sent);
        client.vanish();
      }
      try (RawClient client = RawClient.to(server.port())) {
        client.write(head("POST", path, "Content-Type: %s\n%s\n".formatted(type, framing)));
        String answer = client.write(sent).answer();
        assertThat(answer).as("half a body is not taken for a whole one").doesNotContain(" 201 ");
        assertThat(answer).doesNotContain("Exception", "io.twinflow");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\n\n",
        "GET / HTTP/9.9\nHost: a\n\n",
        "GET /api/v1/runs HTTP/1.1\n\n",
        "GET /api/v1/runs HTTP/1.1\nHost: a\nHost: b\n\n",
        "POST /api/v1/runs HTTP/1.1\nHost: a\nContent-Length: -1\n\n",
        "POST /api/v1/runs HTTP/1.1\nHost: a\nContent-Length: 3\nContent-Length: 4\n\nabcd",
        "POST /api/v1/runs HTTP/1.1\nHost: a\nTransfer-Encoding: odd\n\n",
        "GET /api/v1/runs HTTP/1.1\nHost: a\nX Y: bad name\n\n",
        "GET /api/v1/../../etc/passwd HTTP/1.1\nHost: a\n\n",
        "GET /api/v1/runs/%zz HTTP/1.1\nHost: a\n\n",
        "GET /api/v1/runs/%c0%ae%c0%ae HTTP/1.1\nHost: a\n\n",
      })
  void requestsThatAreNoneAreRefused(String request) throws Exception {
    try (RawClient client = RawClient.to(server.port())) {
      String answer = client.write(request).answer();
      assertThat(answer).startsWith("HTTP/1.1 ");
      assertThat(Integer.parseInt(answer.substring(9, 12))).isBetween(400, 505);
      assertThat(answer)
          .contains("application/problem+json")
          .doesNotContain("Exception", "Tomcat", "org.apache", "<html");
    }
  }

  @Test
  void headersAndQueriesWithoutEndAreRefused() throws Exception {
    try (RawClient client = RawClient.to(server.port())) {
      String answer =
          client
              .write(head("GET", RUNS, "X-Long: " + "x".repeat(LONGER_THAN_A_HEADER) + "\n"))
              .answer();
      assertThat(answer).containsPattern("^HTTP/1.1 4(00|31) ");
    }
    try (RawClient client = RawClient.to(server.port())) {
      String answer =
          client
              .write(head("GET", RUNS + "?label=" + "x".repeat(LONGER_THAN_A_HEADER), ""))
              .answer();
      assertThat(answer).containsPattern("^HTTP/1.1 4(00|14) ");
    }
    String trick = "GET %s HTTP/1.1\nHost: localhost\nX-Odd: a\nSet-Cookie: b\n\n".formatted(RUNS);
    try (RawClient client = RawClient.to(server.port())) {
      assertThat(client.write(trick).answer()).startsWith("HTTP/1.1 401 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/runs?limit=-1, 400",
    "GET, /api/v1/runs?limit=NaN, 400",
    "GET, /api/v1/runs?limit=99999999999999999999, 400",
    "GET, /api/v1/runs?limit=1e3, 400",
    "GET, /api/v1/runs?cursor=../../x, 400",
    "GET, /api/v1/workflows?limit=-1, 400",
    "GET, /api/v1/runs?label=%FF%FE=1, 400",
    "GET, /ga4gh/wes/v1/runs?page_size=-5, 400",
    "GET, /ga4gh/wes/v1/runs?page_size=NaN, 400",
    "GET, /ga4gh/wes/v1/runs?page_token=!!!, 400",
    "GET, /ogc/jobs?limit=-1, 400",
    "GET, /ogc/jobs?limit=NaN, 400",
    "GET, /ogc/processes?limit=1.5, 400",
    "GET, /ogc/jobs/..%2f..%2fadmin-token, 400",
    "GET, /ogc/processes/%00, 400",
    "GET, /ogc/jobs?after=%00, 400",
    "GET, /ogc/processes?after=%00, 400",
    "GET, /ogc/jobs?processID=%00, 400",
    "GET, /ga4gh/wes/v1/runs?page_token=AAAA, 400",
    "DELETE, /api/v1/runs, 405",
    "TRACE, /api/v1/runs, 405",
    "HEAD, /api/v1/runs, 200",
    "HEAD, /ga4gh/wes/v1/service-info, 200",
    "HEAD, /ogc, 200",
    "HEAD, /api/v1/runs/none, 404",
    "OPTIONS, /api/v1/runs, 200",
    "OPTIONS, /ogc/processes, 200",
  })
  void oddNumbersCursorsAndMethods(String method, String path, int status) throws Exception {
    try (RawClient client = RawClient.to(server.port())) {
      String answer = client.write(head(method, path, "Connection: close\n")).answer();
      assertThat(answer).as(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer).doesNotContain("Exception:", "java.", "io.twinflow", folder.toString());
      if (method.equals("HEAD")) {
        assertThat(answer).endsWith("\r\n\r\n");
      }
    }
  }

  @Test
  void numbersInBodiesThatAreNone() throws Exception {
    String nothing =
        "cwlVersion: v1.2\nclass: ExpressionTool\ninputs: []\noutputs: []\nexpression: ''\n";
    String run =
        "{\"workflow\": "
            + TestServer.JSON.writeValueAsString(nothing)
            + ", \"options\": {\"%s\": %s}}";
    for (String option :
        List.of(
            run.formatted("temporaryFailRetries", "-1"),
            run.formatted("temporaryFailRetries", "NaN"),
            run.formatted("temporaryFailRetries", "1e99"),
            run.formatted("retries", "{\"task\": -1}"),
            run.formatted("retries", "{\"task\": \"many\"}"))) {
      HttpResponse<String> answer = server.postJson(RUNS, option);
      assertThat(answer.statusCode()).as(option + answer.body()).isEqualTo(400);
    }
  }

  @Test
  void aHundredMegabytesGoToTheDiskAndThroughATool() throws Exception {
    byte[] before =
        ("--cut\r\nContent-Disposition: form-data; name=\"workflow\"; filename=\"count.cwl\"\r\n\r\n"
                + COUNT
                + "\r\n--cut\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] after = "\r\n--cut--\r\n".getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        server
            .to(RUNS)
            .header("Content-Type", "multipart/form-data; boundary=cut")
            .POST(
                BodyPublishers.ofInputStream(() ->
                    new SequenceInputStream(
                        java.util.Collections.enumeration(
                            List.of(
                                new java.io.ByteArrayInputStream(before),
                                zeros(LARGE),
                                new java.io.ByteArrayInputStream(after))))));
    HttpResponse<String> answer = server.send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    runs++;
    String run = RUNS + "/" + TestServer.JSON.readTree(answer.body()).get("id").asString();
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> server.json(run).get("state").asString().equals("succeeded"));
    assertThat(server.get(run + "/outputs/count").body().strip()).isEqualTo(LARGE + "");
  }

  private static InputStream zeros(long size) {
    return new InputStream() {
      private long left = size;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        if (left <= 0) {
          return -1;
        }
        int n = (int) Math.min(left, length);
        left -= n;
        java.util.Arrays.fill(buffer, offset, offset + n, (byte) 0);
        return n;
      }
    };
  }

  @Test
  void archivesThatSwellOrNeverEndAreRefused() throws Exception {
    JsonNode swollen = refused(keep("application/zip", swelling()), 413);
    assertThat(swollen.get("detail").asString()).contains("larger than");
    refused(keep("application/zip", manyNames()), 413);
    byte[] packed = gzip(new byte[200 << 20]);
    refused(keep("application/gzip", packed), 400);
    byte[] whole = gzip(tar("main.cwl", 1 << 16));
    refused(keep("application/gzip", java.util.Arrays.copyOf(whole, whole.length / 2)), 422);
    refused(keep("application/zip", new byte[0]), 400);
    refused(
        keep("application/zip", "PK\3\4 is not all of it".getBytes(StandardCharsets.US_ASCII)),
        422);
  }

  private static JsonNode refused(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    return TestServer.JSON.readTree(answer.body());
  }

  private static HttpResponse<String> keep(String type, byte[] body) throws Exception {
    return server.send(
        server
            .to("/api/v1/workflows")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static byte[] swelling() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("main.cwl"));
      byte[] part = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        zip.write(part);
      }
    }
    return bytes.toByteArray();
  }

  /** A tar of one file that hardly shrinks. */
  private static byte[] tar(String name, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(1).nextBytes(content);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(size);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] manyNames() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < 20_100; i++) {
        zip.putNextEntry(new ZipEntry("d/" + i));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }
}
