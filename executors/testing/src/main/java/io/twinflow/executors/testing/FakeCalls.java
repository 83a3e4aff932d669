package io.twinflow.executors.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts an engine's calls: sites count them too. */
public final class FakeCalls {

  final AtomicInteger submits = new AtomicInteger();
  final AtomicInteger finds = new AtomicInteger();
  final AtomicInteger observes = new AtomicInteger();
  final AtomicInteger cancels = new AtomicInteger();

  public int submits() {
    return submits.get();
  }

  public int finds() {
    return finds.get();
  }

  public int observes() {
    return observes.get();
  }

  public int cancels() {
    return cancels.get();
  }
}
