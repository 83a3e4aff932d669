package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import io.twinflow.engine.server.queue.StartLimits;
import io.twinflow.engine.server.runs.UploadSweep;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that was killed while it received, and one that has no room to receive. */
final class HalfMadeUploadsIT {

  private static final long MORE_THAN_ANY_DISK = 1L << 40;

  private static final String RUN =
      "{\"workflow\": \"{cwlVersion: v1.2, class: CommandLineTool, baseCommand: 'true', inputs: {}, outputs: {}}\"}";

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void killOneHalfWay() throws Exception {
    try (ChildServer killed = ChildServer.alone(data(), folder.resolve("log"))) {
      killed.awaitUp();
      try (RawClient client = RawClient.to(killed.port())) {
        client.write(
            "POST /api/v1/runs HTTP/1.1\nHost: localhost\nAuthorization: Bearer %s\nContent-Type: multipart/form-data; boundary=cut\nContent-Length: 1000000\n\n--cut\nContent-Disposition: form-data; name=\"workflow\"; filename=\"a.cwl\"\n\n%s"
                .formatted(
                    Files.readString(data().resolve("admin-token")).strip(), "x".repeat(500_000)));
        Awaitility.await().until(() -> content("incoming") > 0);
        killed.kill();
      }
    }
    // Where it would have been killed a moment later: the files are there, and nobody has them.
    Path left = Files.createDirectories(data().resolve("uploads/u1"));
    Files.writeString(left.resolve("a.cwl"), "x");
    server =
        TestServer.start(
            ServerSettings.in(data())
                .withTrust(Trust.IN_TOOLS)
                .withLimits(new StartLimits(List.of(), MORE_THAN_ANY_DISK)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Path data() {
    return folder.resolve("data");
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

  @Test
  void nothingStaysOfAnUploadThatAKillCutOff() throws Exception {
    assertThat(content("incoming")).isZero();
    assertThat(server.json("/api/v1/runs").get("runs").size()).isZero();
    UploadSweep sweep = server.part(UploadSweep.class);
    sweep.sweep(Instant.now().minus(Duration.ofHours(1)));
    assertThat(content("uploads")).as("it may be that somebody still writes there").isEqualTo(1);
    sweep.sweep(Instant.now().plus(Duration.ofMinutes(1)));
    assertThat(content("uploads")).isZero();
  }

  @Test
  void whereTheDiskIsFullASubmissionIsRefusedForNowByEachOfTheInterfaces() throws Exception {
    HttpResponse<String> own = server.postJson("/api/v1/runs", RUN);
    HttpResponse<String> wes =
        server.send(
            server
                .to("/ga4gh/wes/v1/runs")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(wesForm())));
    for (HttpResponse<String> answer : List.of(own, wes)) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
      assertThat(answer.body()).contains("MiB of disk left", "--keep-free");
    }
    assertThat(server.json("/api/v1/runs").get("runs").size()).isZero();
  }

  private static String wesForm() {
    StringBuilder form = new StringBuilder();
    for (String[] field :
        new String[][] {
          {"name=\"workflow_url\"", "a.cwl"},
          {"name=\"workflow_type\"", "CWL"},
          {"name=\"workflow_type_version\"", "v1.2"},
          {"name=\"workflow_params\"", "{}"},
          {
            "name=\"workflow_attachment\"; filename=\"a.cwl\"",
            TestServer.JSON.readTree(RUN).get("workflow").asString()
          }
        }) {
      form.append("--b\r\nContent-Disposition: form-data; ")
          .append(field[0])
          .append("\r\n\r\n")
          .append(field[1])
          .append("\r\n");
    }
    return form.append("--b--\r\n").toString();
  }
}
