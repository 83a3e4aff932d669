package io.twinflow.engine.cli.display;

import io.twinflow.engine.core.view.RunSnapshot;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/** Tells a run in lines, for logs and pipes. */
public final class PlainDisplay implements Display {

  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final Supplier<RunSnapshot> progress;
  private final PrintStream out;
  private final PlainLines lines = new PlainLines();
  private final Ticker ticker;

  public PlainDisplay(Supplier<RunSnapshot> progress, PrintStream out) {
    this.progress = progress;
    this.out = out;
    this.ticker = new Ticker("progress", INTERVAL, this::tell);
  }

  private void tell() {
    lines.whatIsNew(progress.get()).forEach(line -> out.println(Words.harmless(line)));
  }

  @Override
  public void say(String line) {
    out.println(line);
  }

  @Override
  public void close() {
    ticker.close();
  }
}
