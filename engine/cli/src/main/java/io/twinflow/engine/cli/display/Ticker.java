package io.twinflow.engine.cli.display;

import java.time.Duration;

/** Calls something again and again, until it is closed, and then once more. */
final class Ticker implements AutoCloseable {

  private final Thread thread;
  private final Runnable tick;
  private volatile boolean ended;

  Ticker(String name, Duration every, Runnable tick) {
    this.tick = tick;
    thread =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .start(() -> {
              while (!ended) {
                try {
                  Thread.sleep(every);
                } catch (InterruptedException e) {
                  return;
                }
                tick.run();
              }
            });
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tick.run();
  }
}
