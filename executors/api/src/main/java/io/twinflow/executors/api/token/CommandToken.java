package io.twinflow.executors.api.token;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    Process process = start();
    try (InputStream out = process.getInputStream();
        InputStream err = process.getErrorStream()) {
      CompletableFuture<LastWords> said =
          CompletableFuture.supplyAsync(() -> lastWords(err), Thread::startVirtualThread);
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
            "%s ended with exit code %d and printed %s: expected a token on its standard output%s"
                .formatted(
                    command.getFirst(),
                    code,
                    printed.isEmpty() ? "nothing" : "something",
                    said.completeOnTimeout(LastWords.NONE, 1, TimeUnit.SECONDS)
                        .join()
                        .withoutSecrets(printed)));
      }
      return word(printed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(command.getFirst() + " was broken off", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    try {
      return new ProcessBuilder(command)
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .start();
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be run: %s; expected a program that is installed here, by its path or in PATH"
              .formatted(command.getFirst(), e.getMessage()),
          e);
    }
  }

  private static LastWords lastWords(InputStream err) {
    try {
      return LastWords.of(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String word(String printed) {
    String line = printed.substring(printed.lastIndexOf('\n') + 1).strip();
    int name = line.indexOf('=');
    return line.matches("[A-Z_]+=\\S+") ? line.substring(name + 1) : line;
  }
}
