package io.twinflow.engine.cli.it;

import io.twinflow.executors.serverless.oscar.OscarStandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people read of steps that OSCAR does not run, as far as what stands in for it says it. */
@Timeout(240)
class OscarWordsIT {

  @TempDir private Path folder;
  private OscarStandIn oscar;

  @BeforeEach
  void open() {
    oscar = new OscarStandIn();
  }

  @AfterEach
  void close() {
    oscar.close();
  }

  private String site(Object endpoint, String token) throws Exception {
    Path file = Files.writeString(folder.resolve(token), token);
    return """
    type: oscar
    endpoint: %s
    token: {file: %s}
    memory: 4G
    poll: 200ms
    """
        .formatted(endpoint, file);
  }

  @Test
  void whatCanNeverRunFailsInItsWords() throws Exception {
    oscar.refuseServices("exceeded quota: cpu of your virtual organisation");
    new WordsTrial(folder)
        .step("quota", site(oscar.uri(), OscarStandIn.BEARER), "", "HTTP 400: exceeded quota: cpu")
        .step(
            "memory",
            site(oscar.uri(), OscarStandIn.BEARER),
            "ResourceRequirement: {ramMin: 90000}",
            "memory has 4096 of the 90000 MiB of memory")
        .failInTheirWords();
  }

  @Test
  void whatMayRunYetWaitsInItsWords() throws Exception {
    try (Gateway gateway = new Gateway()) {
      new WordsTrial(folder)
          .step("token", site(oscar.uri(), "expired"), "", "HTTP 401")
          .step(
              "image",
              site(oscar.uri(), OscarStandIn.BEARER),
              "DockerRequirement: {dockerPull: '%s'}".formatted(OscarStandIn.NO_IMAGE),
              "(image %s) as {Pending=1}".formatted(OscarStandIn.NO_IMAGE))
          .step(
              "address",
              site(gateway.refusing(404, "default backend"), OscarStandIn.BEARER),
              "",
              "HTTP 404: default backend")
          .step(
              "away",
              site("http://127.0.0.1:9", OscarStandIn.BEARER),
              "",
              "does not answer: nobody listens there")
          .stepWithoutShare("share", site(oscar.uri(), OscarStandIn.BEARER))
          .waitInTheirWords();
    }
  }
}
