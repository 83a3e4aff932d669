package io.twinflow.engine.server.triggers;

import io.twinflow.triggers.firing.Triggering;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Has events answered while the server runs. */
final class AnswerEvents implements SmartLifecycle {

  private final Supplier<Triggering> maker;
  private final TriggerBells bells;
  private @Nullable Triggering triggering;

  AnswerEvents(Supplier<Triggering> maker, TriggerBells bells) {
    this.maker = maker;
    this.bells = bells;
  }

  @Override
  public synchronized void start() {
    Triggering made = maker.get();
    triggering = made;
    bells.rings(made);
    made.start();
  }

  @Override
  public synchronized void stop() {
    Triggering ending = triggering;
    if (ending != null) {
      bells.rings(null);
      ending.close();
      triggering = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return triggering != null;
  }
}
