package io.twinflow.executors.local.container;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Docker or podman on this machine.
 *
 * @param name docker or podman
 * @param program its command line
 */
public record ContainerEngine(String name, Path program) {

  private static final Duration QUICK = Duration.ofMinutes(1);
  private static final int KEPT = 16 * 1024;
  private static final int TRIES = 20;

  /** Where a container stands. */
  public enum Presence {
    THERE,
    GONE,
    UNKNOWN
  }

  boolean isPodman() {
    return name.equals("podman");
  }

  Answer call(String... arguments) throws IOException {
    return call(QUICK, Arrays.asList(arguments));
  }

  Answer call(Duration atMost, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    Process process = builder.start();
    CompletableFuture<?> watch =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(atMost.toMillis(), TimeUnit.MILLISECONDS));
    byte[] tail = new byte[0];
    try (var out = process.getInputStream()) {
      for (byte[] more = out.readNBytes(KEPT); more.length > 0; more = out.readNBytes(KEPT)) {
        byte[] both = Arrays.copyOf(tail, tail.length + more.length);
        System.arraycopy(more, 0, both, tail.length, more.length);
        tail = Arrays.copyOfRange(both, Math.max(0, both.length - KEPT), both.length);
      }
      int code = process.waitFor();
      return new Answer(code, new String(tail, StandardCharsets.UTF_8).strip());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + name, e);
    } finally {
      watch.cancel(false);
    }
  }

  /** How a container ended, or why it did not start. */
  public ContainerEnd inspect(String container) throws IOException {
    Answer answer =
        call(
            "container",
            "inspect",
            "--format",
            "{{.State.ExitCode}}|{{.State.OOMKilled}}|{{.State.StartedAt}}|{{.State.Error}}",
            container);
    return answer.ok() ? ContainerEnd.parse(answer.text()) : ContainerEnd.NONE;
  }

  /** SIGTERM, after the grace SIGKILL; it may only be about to start. */
  public void stop(String container, Duration grace) throws IOException {
    long seconds = Math.max(1, grace.toSeconds());
    for (int i = 0; i < TRIES; i++) {
      Answer answer = call("stop", "--time", Long.toString(seconds), container);
      if (answer.ok()) {
        return;
      }
      pause();
    }
  }

  public void remove(String container) throws IOException {
    call("rm", "--force", "--volumes", container);
  }

  /** Surely removes what an engine that died may have left, or may just have asked for. */
  public boolean removeForGood(String container) throws IOException {
    int absent = 0;
    for (int i = 0; i < TRIES && absent < 3; i++) {
      remove(container);
      absent = presence(container) == Presence.GONE ? absent + 1 : 0;
      pause();
    }
    return absent >= 3;
  }

  Presence presence(String container) throws IOException {
    Answer answer = call("ps", "--all", "--quiet", "--filter", "name=^/?" + container + "$");
    if (!answer.ok()) {
      return Presence.UNKNOWN;
    }
    return answer.text().isEmpty() ? Presence.GONE : Presence.THERE;
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(100));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
