package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.journal.Lines;
import java.io.IOException;
import java.util.function.Consumer;

/** An append as it stands among those of all runs. */
public final class CommittedAppend {

  private final long position;
  private final RunId run;
  private final long first;
  private final byte[] text;
  private final Lines lines;

  CommittedAppend(long position, RunId run, long first, byte[] text, Lines lines) {
    this.position = position;
    this.run = run;
    this.first = first;
    this.text = text;
    this.lines = lines;
  }

  /** Higher than that of every append that was committed before. */
  public long position() {
    return position;
  }

  public RunId run() {
    return run;
  }

  /** The sequence of its first event. */
  public long first() {
    return first;
  }

  /** Its events, in order. */
  public void read(Consumer<Envelope> reader) throws IOException {
    lines.read(text, 0, reader);
  }
}
