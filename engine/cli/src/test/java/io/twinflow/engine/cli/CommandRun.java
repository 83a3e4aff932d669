package io.twinflow.engine.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One call of the command inside a test. */
public final class CommandRun {

  private final Path cwd;
  private final Map<String, String> env = new HashMap<>(System.getenv());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String input = "";
  private int code = -1;

  private CommandRun(Path cwd) {
    this.cwd = cwd;
    env.put("TWINFLOW_HOME", cwd.resolve("home").toString());
    env.remove("NO_COLOR");
  }

  public static CommandRun in(Path cwd) {
    return new CommandRun(cwd);
  }

  public CommandRun with(String name, String value) {
    env.put(name, value);
    return this;
  }

  public CommandRun reading(String text) {
    input = text;
    return this;
  }

  public CommandRun call(String... args) {
    code =
        Twinflow.execute(
            args,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            env,
            cwd);
    return this;
  }

  public int code() {
    return code;
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
