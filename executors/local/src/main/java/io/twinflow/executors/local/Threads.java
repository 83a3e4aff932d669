package io.twinflow.executors.local;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Threads that never keep the program from ending. */
final class Threads {

  private Threads() {}

  /** As many as attempts run; they wait in the kernel, so they are platform threads. */
  static ExecutorService onDemand() {
    return Executors.newCachedThreadPool(named("local-"));
  }

  static ThreadFactory named(String prefix) {
    return Thread.ofPlatform().daemon().name(prefix, 1).stackSize(256 * 1024).factory();
  }
}
