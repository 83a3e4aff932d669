package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people read of steps that no function runs. Platforms refuse calls at their gateways, of
 * which there is none here: the words are those of one that stands in.
 */
@Timeout(240)
class FunctionWordsIT {

  @TempDir private Path folder;
  private Gateway gateway;

  @BeforeEach
  void open() throws Exception {
    gateway = new Gateway();
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private static String site(String name, Object function) {
    return """
    type: functions
    functions: {"%s": "%s"}
    memory: 4G
    """
        .formatted(name, function);
  }

  @Test
  void whatCanNeverRunFailsInItsWords() throws Exception {
    URI other = gateway.refusing(400, "nobody is to call it");
    new WordsTrial(folder)
        .step("name", site("*", gateway.refusing(404, "no such function")), "", "no such function")
        .step(
            "image",
            site("org/one:1", other),
            "DockerRequirement: {dockerPull: 'org/two:1'}",
            "no function for step 'image' or image 'org/two:1': expected one of [org/one:1]")
        .step(
            "memory",
            site("*", other),
            "ResourceRequirement: {ramMin: 90000}",
            "memory has 4096 of the 90000 MiB of memory")
        .failInTheirWords();
  }

  @Test
  void whatMayRunYetWaitsInItsWords() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "expired\n");
    new WordsTrial(folder)
        .step(
            "quota",
            site("*", gateway.refusing(429, "10 calls a minute are your quota")),
            "",
            "HTTP 429: 10 calls a minute are your quota")
        .step(
            "token",
            site("*", gateway.refusing(401, "the token has expired"))
                + "token: {file: %s}\n".formatted(token),
            "",
            "HTTP 401: the token has expired; see token: of the site")
        .step(
            "away",
            site("*", "http://127.0.0.1:9/clean"),
            "",
            "http://127.0.0.1:9/clean does not answer: nobody listens there")
        .stepWithoutShare("share", site("*", "http://127.0.0.1:9/clean"))
        .waitInTheirWords();
    CommandRun check = CommandRun.in(folder).call("sites", "check", "share");
    assertThat(check.code()).isEqualTo(Trial.FAILURE);
    assertThat(check.out())
        .contains(
            "  problem  shared folder: " + folder.resolve("unmounted/share/twinflow"),
            "is the share mounted?",
            "to mend it: mount the share, or make " + folder.resolve("unmounted/share"));
    assertThat(folder.resolve("unmounted")).doesNotExist();
  }
}
