package io.twinflow.workflowdefs.expression.process;

import io.twinflow.workflowdefs.value.InvalidJsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running child. Used by one thread; the ways to kill it by any. */
final class Child {

  /** Twice what a child lets through: one that does not keep to that is broken. */
  private static final int LONGEST_LINE = 2 * AnswerSize.MOST_CHARACTERS;

  private static final int OUT_OF_MEMORY = 3;
  private static final int LAST_WORDS_SECONDS = 10;

  /**
   * The child ended before it answered.
   *
   * @param outOfMemory by the words of its JVM
   * @param outOfTime it was killed because it did not answer
   * @param brokenOff it was killed because nobody waits for its answer
   */
  record End(boolean outOfMemory, boolean outOfTime, boolean brokenOff, int exitCode) {}

  private final Process process;
  private final OutputStream in;
  private final BufferedReader out;
  private volatile long deadline = Long.MAX_VALUE;
  private volatile boolean overdue;
  private volatile boolean brokenOff;
  private @Nullable List<String> libraries;

  private Child(Process process) {
    this.process = process;
    this.in = process.getOutputStream();
    this.out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
  }

  /**
   * Returns at once; the first answer is that it is ready.
   *
   * @throws IOException if it does not start
   */
  static Child start(ChildCommand command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.words());
    builder.environment().clear();
    builder.directory(Path.of("/").toFile());
    builder.redirectError(Redirect.DISCARD);
    return new Child(builder.start());
  }

  /** What a request looks like to this child. */
  byte[] line(Request request) {
    List<String> texts = request.texts();
    boolean known = texts.equals(libraries);
    libraries = texts;
    return (request.line(!known) + '\n').getBytes(StandardCharsets.UTF_8);
  }

  /** Flushed at once. Nothing is told of a child that is gone: {@link #answer} says so. */
  void write(byte[] lines) throws IOException {
    in.write(lines);
    in.flush();
  }

  /** Waits for the answer to the next request; null if the child has ended. */
  @Nullable Answer answer(Duration patience) throws IOException {
    deadline = System.nanoTime() + patience.toNanos();
    try {
      String line = readLine();
      return line == null ? null : Answer.read(line);
    } catch (InvalidJsonException e) {
      throw new IOException("an evaluator process does not keep to the protocol", e);
    } finally {
      deadline = Long.MAX_VALUE;
    }
  }

  /** What its JVM says at its end, on the same stream, is no answer. */
  private @Nullable String readLine() throws IOException {
    while (true) {
      StringBuilder line = new StringBuilder();
      int c = out.read();
      while (c >= 0 && c != '\n') {
        line.append((char) c);
        if (line.length() > LONGEST_LINE) {
          throw new IOException("an evaluator process answers without end");
        }
        c = out.read();
      }
      if (c < 0) {
        return null;
      }
      if (!line.isEmpty() && line.charAt(0) == '{') {
        return line.toString();
      }
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Kills it if it should have answered by now. */
  void killIfOverdue(long now) {
    if (deadline != Long.MAX_VALUE && deadline - now < 0) {
      overdue = true;
      kill();
    }
  }

  /** Kills it, as nobody waits for what it does. */
  void breakOff() {
    brokenOff = true;
    kill();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Why it has ended, after it has. */
  End end() throws InterruptedException {
    if (!process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
      kill();
      process.waitFor();
    }
    int code = process.exitValue();
    return new End(code == OUT_OF_MEMORY, overdue, brokenOff, code);
  }
}
