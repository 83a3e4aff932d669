package io.twinflow.engine.cli.display;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * @param columns characters
 */
public record TerminalSize(int columns, int rows) {

  public static final TerminalSize USUAL = new TerminalSize(80, 24);
  private static final Duration FRESH = Duration.ofSeconds(2);

  /** Asks the terminal, at most every two seconds; {@code COLUMNS} and {@code LINES} win. */
  public static Supplier<TerminalSize> watch(Map<String, String> env) {
    return new Supplier<>() {
      private @Nullable TerminalSize known;
      private long asked;

      @Override
      public synchronized TerminalSize get() {
        long now = System.nanoTime();
        TerminalSize size = known;
        if (size == null || now - asked > FRESH.toNanos()) {
          size = of(env);
          known = size;
          asked = now;
        }
        return size;
      }
    };
  }

  public static TerminalSize of(Map<String, String> env) {
    TerminalSize asked =
        env.containsKey("COLUMNS") && env.containsKey("LINES") ? USUAL : askTerminal();
    return new TerminalSize(
        number(env.get("COLUMNS"), asked.columns()), number(env.get("LINES"), asked.rows()));
  }

  private static TerminalSize askTerminal() {
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "stty size </dev/tty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      int space = answer.indexOf(' ');
      if (stty.waitFor() == 0 && space > 0) {
        return new TerminalSize(
            number(answer.substring(space + 1), USUAL.columns()),
            number(answer.substring(0, space), USUAL.rows()));
      }
      return USUAL;
    } catch (IOException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  private static int number(@Nullable String text, int otherwise) {
    if (text == null || !text.matches("[0-9]{1,5}") || Integer.parseInt(text) == 0) {
      return otherwise;
    }
    return Integer.parseInt(text);
  }
}
