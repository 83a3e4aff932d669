package io.twinflow.executors.api.token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a program prints, as {@code scontrol token} or {@code oidc-token} do: the last line, without
 * a name before it ({@code SLURM_JWT=}).
 */
record CommandToken(List<String> command) implements Tokens {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_BYTES = 64 * 1024;

  @Override
  public String token() throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(
                ProcessBuilder.Redirect.from(java.nio.file.Path.of("/dev/null").toFile()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream out = process.getInputStream()) {
      var patience =
          process
              .onExit()
              .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .whenComplete((_, late) -> {
                if (late != null) {
                  process.destroyForcibly();
                }
              });
      String printed = new String(out.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (patience.isCompletedExceptionally()) {
        throw new IOException(
            "%s did not end within %d s".formatted(command.getFirst(), PATIENCE.toSeconds()));
      }
      if (code != 0 || printed.isEmpty()) {
        throw new IOException(
            "%s ended with exit code %d and printed %s: expected a token on its standard output"
                .formatted(command.getFirst(), code, printed.isEmpty() ? "nothing" : "something"));
      }
      return word(printed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(command.getFirst() + " was broken off", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String word(String printed) {
    String line = printed.substring(printed.lastIndexOf('\n') + 1).strip();
    int name = line.indexOf('=');
    return line.matches("[A-Z_]+=\\S+") ? line.substring(name + 1) : line;
  }
}
