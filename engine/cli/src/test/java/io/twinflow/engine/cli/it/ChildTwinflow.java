package io.twinflow.engine.cli.it;

import io.twinflow.engine.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command in a JVM of its own, which a test may kill. */
final class ChildTwinflow {

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildTwinflow(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static ChildTwinflow start(Path cwd, List<String> jvm, String... args) throws IOException {
    return startUnder(List.of(), cwd, jvm, args);
  }

  /**
   * @param wrapper a command that takes the one to run as its arguments
   */
  static ChildTwinflow startUnder(List<String> wrapper, Path cwd, List<String> jvm, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", classPath(), Main.class.getName()));
    command.addAll(List.of(args));
    Path out = Files.createTempFile(cwd, "stdout-", ".txt");
    Path err = Files.createTempFile(cwd, "stderr-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(cwd.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Path temporary = Files.createDirectories(temporary(cwd));
    builder
        .environment()
        .putAll(Map.of("TWINFLOW_HOME", home(cwd).toString(), "TMPDIR", temporary.toString()));
    return new ChildTwinflow(builder.start(), out, err);
  }

  static Path home(Path cwd) {
    return cwd.resolve("home");
  }

  /** The child's TMPDIR. */
  static Path temporary(Path cwd) {
    return cwd.resolve("tmpdir");
  }

  private static String classPath() {
    String real = System.getProperty("surefire.test.class.path");
    return real == null ? System.getProperty("java.class.path") : real;
  }

  /** The exit code; kills the process if it takes too long. */
  int await(long seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return -1;
    }
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As the kernel's out-of-memory killer does. */
  void killAtOnce() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }
}
