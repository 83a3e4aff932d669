package io.twinflow.executors.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** NVIDIA's GPUs of this machine; its driver is asked when the first task wants one. */
final class Gpus {

  private static final String PROGRAM = "nvidia-smi";
  private static final Pattern LINE = Pattern.compile("(?m)^GPU \\d+:");
  private static final int ANSWERS_WITHIN_SECONDS = 30;

  /**
   * @param why there are not more
   */
  record Found(int count, String why) {}

  private final Map<String, String> environment;
  private @Nullable Found found;

  Gpus(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** As many as stand in /dev: what can be said without asking. */
  static int devices() {
    String[] devices = Path.of("/dev").toFile().list((dir, name) -> name.matches("nvidia[0-9]+"));
    return devices == null ? 0 : devices.length;
  }

  synchronized Found found() {
    Found known = found;
    if (known == null) {
      known = ask();
      found = known;
    }
    return known;
  }

  private Found ask() {
    for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      Path program = Path.of(folder, PROGRAM);
      if (!folder.isEmpty() && Files.isExecutable(program)) {
        return ask(program);
      }
    }
    int devices = devices();
    return new Found(
        devices,
        devices > 0
            ? "by /dev/nvidia*"
            : "no %s on the PATH and no /dev/nvidia0: NVIDIA's driver is not installed"
                .formatted(PROGRAM));
  }

  private static Found ask(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "-L").redirectErrorStream(true).start();
      if (!process.waitFor(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Found(0, program + " does not answer");
      }
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int count = (int) LINE.matcher(text).results().count();
      return new Found(
          count,
          count > 0
              ? "by " + program
              : "%s -L says: %s".formatted(program, text.lines().findFirst().orElse("nothing")));
    } catch (IOException e) {
      return new Found(0, "%s does not start: %s".formatted(program, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Found(0, "interrupted while asking " + program);
    }
  }
}
