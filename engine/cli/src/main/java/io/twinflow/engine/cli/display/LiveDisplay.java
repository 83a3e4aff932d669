package io.twinflow.engine.cli.display;

import io.twinflow.engine.core.view.RunSnapshot;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Redraws the steps of a run on a terminal, at most ten times a second. */
public final class LiveDisplay implements Display {

  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final Supplier<RunSnapshot> progress;
  private final Style style;
  private final Supplier<TerminalSize> size;
  private final Clock clock;
  private final Screen screen;
  private final List<String> said = new ArrayList<>();
  private final Ticker ticker;

  public LiveDisplay(
      Supplier<RunSnapshot> progress,
      Style style,
      Supplier<TerminalSize> size,
      Clock clock,
      PrintStream out) {
    this.progress = progress;
    this.style = style;
    this.size = size;
    this.clock = clock;
    this.screen = new Screen(out);
    this.ticker = new Ticker("progress", INTERVAL, this::redraw);
  }

  private void redraw() {
    TerminalSize now = size.get();
    List<String> block =
        new StepLines(style, now.columns() - 1, now.rows() - 1)
            .draw(progress.get(), clock.instant());
    synchronized (said) {
      screen.draw(said, block);
      said.clear();
    }
  }

  @Override
  public void say(String line) {
    synchronized (said) {
      said.addAll(line.lines().toList());
    }
  }

  @Override
  public void close() {
    ticker.close();
  }
}
