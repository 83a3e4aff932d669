package io.twinflow.engine.cli.conformance;

import io.twinflow.engine.cli.Invocation;
import io.twinflow.engine.cli.TerminalKind;
import io.twinflow.engine.cli.Twinflow;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.NodeReader;
import io.twinflow.workflowdefs.source.ReadLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one test as a caller of {@code cwl-runner} would, in this JVM. */
final class ConformanceRun {

  private static final long TIMEOUT_SECONDS = 90;

  private final Path work;
  private final Map<String, String> env;

  ConformanceRun(Path work) throws IOException {
    this.work = work;
    env = new HashMap<>(System.getenv());
    env.put("TWINFLOW_HOME", work.resolve("home").toString());
    env.put("PATH", pythonShim(work) + ":" + env.get("PATH"));
  }

  /** Some tools of the suite call {@code python}; Debian only has {@code python3}. */
  private static Path pythonShim(Path work) throws IOException {
    Path bin = Files.createDirectories(work.resolve("bin"));
    Path python = bin.resolve("python");
    Files.writeString(python, "#!/bin/sh\nexec python3 \"$@\"\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin;
  }

  /** What went wrong; empty if the test passed. */
  String problem(ConformanceCase test) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Path outdir = Files.createTempDirectory(work, "out-");
    Twinflow twinflow =
        new Twinflow(
            new Invocation(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                env,
                test.folder(),
                TerminalKind.NONE));
    List<String> args = new ArrayList<>(List.of("run", "--quiet", "--outdir", outdir.toString()));
    args.add(test.tool());
    if (test.job() != null) {
      args.add(test.job());
    }
    int[] code = {-1};
    Thread thread =
        Thread.ofPlatform()
            .name(test.id())
            .start(() -> code[0] = twinflow.run(args.toArray(String[]::new)));
    thread.join(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
    if (thread.isAlive()) {
      twinflow.interrupt();
      StringBuilder trace = new StringBuilder();
      for (StackTraceElement element : thread.getStackTrace()) {
        trace.append("\n  at ").append(element);
      }
      thread.join(TimeUnit.SECONDS.toMillis(10));
      return "not done after " + TIMEOUT_SECONDS + " s" + trace + "\n" + text(err);
    }
    return judge(test, code[0], text(out), text(err));
  }

  private static String judge(ConformanceCase test, int code, String out, String err) {
    if (err.contains("a defect of Twinflow")) {
      return "internal error: " + err + reports(err);
    }
    if (test.shouldFail()) {
      return code == 0 ? "succeeded and should have failed:\n" + out : "";
    }
    if (code != 0) {
      return "exit code " + code + "\n" + err;
    }
    try {
      Node actual = NodeReader.read(out, "output", ReadLimits.DEFAULT);
      return test.output() == null
          ? ""
          : CwltestComparison.difference(test.output(), actual).orElse("");
    } catch (InvalidDefinitionException e) {
      return "the output is no JSON: " + e.getMessage() + "\n" + out + err;
    }
  }

  private static String reports(String err) {
    int at = err.indexOf("the report is ");
    if (at < 0) {
      return "";
    }
    try {
      return Files.readString(
          Path.of(err.substring(at + "the report is ".length()).lines().findFirst().orElse("")));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
