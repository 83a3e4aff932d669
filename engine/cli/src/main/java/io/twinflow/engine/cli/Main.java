package io.twinflow.engine.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The twinflow command as a program. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Map<String, String> env = System.getenv();
    // Results and messages are UTF-8 whatever the locale says, as JSON is.
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    Invocation invocation =
        new Invocation(System.in, out, err, env, Path.of(""), TerminalKind.ofStandardError(env));
    Twinflow twinflow = new Twinflow(invocation);
    OnSignals.install(twinflow, err);
    int code = twinflow.run(args);
    // Halting spares the wait for idle threads; everything that matters is on disk by now.
    Runtime.getRuntime().halt(code);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        true,
        StandardCharsets.UTF_8);
  }
}
