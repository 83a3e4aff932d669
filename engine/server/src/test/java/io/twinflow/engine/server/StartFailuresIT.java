package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of {@code twinflow serve} when it cannot start: a sentence. */
@ExtendWith(SharedServer.Shared.class)
final class StartFailuresIT {

  private final SharedServer shared;

  @TempDir Path folder;

  StartFailuresIT(SharedServer shared) {
    this.shared = shared;
  }

  /** All that the command writes, to both streams. */
  private CompletableFuture<String> refused(String name, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--allow-unsandboxed"));
    command.addAll(List.of(options));
    Path log = folder.resolve(name);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .onExit()
        .thenApply(ended -> {
          assertThat(ended.exitValue()).as(name).isEqualTo(1);
          return text(log);
        });
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String data(String name) {
    return folder.resolve(name + "-data").toString();
  }

  @Test
  void whatKeepsAServerFromStartingIsToldInOneSentence() throws Exception {
    String taken = Integer.toString(URI.create(shared.server().url("/")).getPort());
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    Path file = Files.createFile(folder.resolve("file"));
    CompletableFuture<String> port = refused("port", "--data", data("port"), "--port", taken);
    CompletableFuture<String> database =
        refused(
            "database",
            "--data",
            data("database"),
            "--port",
            "0",
            "--db",
            "jdbc:postgresql://127.0.0.1:%d/x?user=x".formatted(nobody));
    CompletableFuture<String> locked =
        refused("locked", "--data", shared.data().toString(), "--port", "0");
    Path config = Files.writeString(folder.resolve("sites.yaml"), "sites:\n  hpc: {type: slurn}\n");
    CompletableFuture<String> site =
        refused("site", "--data", data("site"), "--port", "0", "--config", config.toString());
    CompletableFuture<String> noFolder = refused("file", "--data", file.toString(), "--port", "0");

    assertThat(site.join())
        .hasLineCount(1)
        .startsWith("twinflow serve: %s:2:".formatted(config))
        .contains("sites.hpc.type: expected one of ", "slurm", "found 'slurn'");
    assertThat(port.join())
        .isEqualTo(
            "twinflow serve: port %s is taken: give another one with --port, or 0 for any free one\n"
                .formatted(taken));
    assertThat(database.join())
        .hasLineCount(1)
        .startsWith("twinflow serve: the database cannot be used: Connection to 127.0.0.1:")
        .contains("refused");
    assertThat(locked.join())
        .hasLineCount(1)
        .contains(shared.data() + " is in use by another server (process ");
    assertThat(noFolder.join())
        .isEqualTo("twinflow serve: %s: a file is where a folder is needed\n".formatted(file));
  }
}
