package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Slurm of a test's own, which {@code peers/slurm} starts. */
final class SlurmPeer implements AutoCloseable {

  private final Map<String, String> settings;
  private final Map<String, String> said = new HashMap<>();

  /**
   * @param folder of its own
   * @param more variables for {@code peers/slurm}
   */
  SlurmPeer(Path folder, Map<String, String> more) throws IOException, InterruptedException {
    settings = new HashMap<>(more);
    settings.put("TWINFLOW_PEERS", folder.toString());
    for (String word : call("start").split("\\s+", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        said.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
  }

  /** A variable that it sets, as in {@code TWINFLOW_SLURM_URL}. */
  String variable(String name) {
    return String.valueOf(said.get(name));
  }

  private String call(String action) throws IOException, InterruptedException {
    Path script = Path.of(System.getenv("TWINFLOW_ROOT"), "peers", "slurm");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(script.toString(), action)).redirectErrorStream(true);
    builder.environment().putAll(settings);
    Process process = builder.start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(words).isZero();
    return words;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    call("stop");
  }
}
