package io.twinflow.executors.bundle.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shell makes of the words for enroot, which cannot be had here. */
class EnrootWordsIT {

  @ParameterizedTest
  @CsvSource({
    "alpine, docker://alpine",
    "alpine:3.20, docker://alpine:3.20",
    "org/model:1, docker://org/model:1",
    "ghcr.io/org/model:1, docker://ghcr.io#org/model:1",
    "registry:5000/a/b/c, docker://registry:5000#a/b/c",
    "localhost/a, docker://localhost#a"
  })
  void aRegistryStandsBeforeAHash(String image, String asked) throws Exception {
    List<String> words = new ArrayList<>(ContainerEngines.enroot().prepare());
    words.replaceAll(word -> word.replace("{source}", image).replace("{image}", "/f/image"));
    words.set(2, "enroot() { printf '%s\\n' \"$*\"; }\n" + words.get(2));
    Process shell = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).isZero();
    assertThat(said).isEqualTo("import --output /f/image " + asked + "\n");
  }
}
