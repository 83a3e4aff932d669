package io.twinflow.engine.stores.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The shells and programs for HTTP that sites and images have. */
enum Client {
  CURL,
  WGET,
  /** Busybox, and no other tool. */
  BUSYBOX;

  private static final Path BUSYBOX_FILE = Path.of("/usr/bin/busybox");

  /**
   * @param bin a folder for links to busybox
   */
  ProcessBuilder command(Path script, Path bin, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    ProcessBuilder builder = new ProcessBuilder();
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().putAll(environment);
    if (this == BUSYBOX) {
      Assumptions.assumeTrue(Files.exists(BUSYBOX_FILE), "busybox is not installed");
      if (!Files.exists(bin)) {
        Files.createDirectories(bin);
        new ProcessBuilder(BUSYBOX_FILE.toString(), "--install", "-s", bin.toString())
            .start()
            .onExit()
            .join();
      }
      builder.environment().put("PATH", bin.toString());
      command.add(bin.resolve("sh").toString());
    } else {
      builder.environment().put("TWINFLOW_HTTP", this == CURL ? "curl" : "wget");
      command.add("sh");
    }
    command.add(script.toString());
    return builder.command(command).redirectErrorStream(true);
  }
}
