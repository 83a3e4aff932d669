package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A Slurm that one test may kill: what is killed gives the numbers of jobs out twice. */
final class OwnSlurm implements AutoCloseable {

  private final Path folder;
  private final Map<String, String> settings = new HashMap<>();
  final AtomicReference<String> token = new AtomicReference<>("");

  private OwnSlurm(Path folder) {
    this.folder = folder;
  }

  /**
   * @param more variables for {@code peers/slurm}
   */
  static OwnSlurm start(Path folder, Map<String, String> more) throws Exception {
    OwnSlurm slurm = new OwnSlurm(folder);
    for (String word : slurm.call(more, "start").split("\\s+", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        slurm.settings.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    slurm.giveToken();
    return slurm;
  }

  /** The one that holds for a day. */
  void giveToken() {
    token.set(settings.get("TWINFLOW_SLURM_TOKEN"));
  }

  URI uri() {
    return URI.create(settings.get("TWINFLOW_SLURM_URL"));
  }

  SlurmOptions options(Path shared) {
    return SlurmOptions.at(uri(), settings.get("TWINFLOW_SLURM_USER"), token::get, shared)
        .withPoll(Duration.ofMillis(200));
  }

  /** The file of completed jobs. */
  Path completions() {
    return folder.resolve("slurm/jobcomp");
  }

  String peer(String... action) throws Exception {
    return call(Map.of(), action);
  }

  /** A program of Slurm's. */
  String program(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SLURM_CONF", settings.get("SLURM_CONF"));
    return said(builder);
  }

  private String call(Map<String, String> more, String... action) throws Exception {
    Path script = Path.of(System.getenv("TWINFLOW_ROOT"), "peers", "slurm");
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(action));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TWINFLOW_PEERS", folder.toString());
    builder.environment().putAll(more);
    return said(builder);
  }

  private static String said(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }

  @Override
  public void close() throws Exception {
    peer("stop");
  }
}
