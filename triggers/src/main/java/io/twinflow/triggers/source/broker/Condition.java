package io.twinflow.triggers.source.broker;

import io.twinflow.triggers.source.SourceState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How a source is; each change is logged once. For many threads. */
public final class Condition {

  private static final Logger LOG = System.getLogger(Condition.class.getName());

  private final String name;
  private final Clock clock;
  private final AtomicLong taken = new AtomicLong();
  private SourceState state;
  private @Nullable Long lag;

  public Condition(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
    this.state = new SourceState(false, clock.instant(), "not started yet", 0);
  }

  public synchronized SourceState now() {
    return new SourceState(
        state.connected(),
        state.since(),
        state.trouble(),
        taken.get(),
        state.connected() ? lag : null);
  }

  /**
   * @param messages null if nobody knows
   */
  synchronized void lags(@Nullable Long messages) {
    lag = messages;
  }

  public void took(int messages) {
    taken.addAndGet(messages);
  }

  /** What nobody needs to mend: it begins, or it ends. */
  public synchronized void turn(String word) {
    LOG.log(Level.DEBUG, "source {0}: {1}", name, word);
    set(false, word);
  }

  public synchronized void become(boolean connected, @Nullable String trouble) {
    if (!Objects.equals(trouble, state.trouble())) {
      if (trouble == null) {
        LOG.log(Level.INFO, "source {0} receives", name);
      } else {
        LOG.log(Level.WARNING, "source {0}: {1}", name, trouble);
      }
    }
    set(connected, trouble);
  }

  private void set(boolean connected, @Nullable String trouble) {
    state =
        new SourceState(
            connected,
            connected == state.connected() ? state.since() : clock.instant(),
            trouble,
            taken.get());
  }
}
