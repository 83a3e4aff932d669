package io.twinflow.engine.core;

import io.twinflow.engine.core.run.RunLoop;
import java.io.IOException;
import java.time.Duration;

/** Looks now and then whether another process asks something of a run, and tells its loop. */
final class PassOnRequests implements AutoCloseable {

  /** Short for a person who waits, long for a disk. */
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final RunId run;
  private final Requests requests;
  private final RunLoop loop;
  private final Thread thread;

  private PassOnRequests(RunId run, Requests requests, RunLoop loop) {
    this.run = run;
    this.requests = requests;
    this.loop = loop;
    this.thread = Thread.ofVirtual().name("requests-" + run).unstarted(this::watch);
  }

  /** What was asked of an engine that is gone is forgotten: nobody waits for it any more. */
  static PassOnRequests start(RunId run, Requests requests, RunLoop loop) throws IOException {
    requests.take(run);
    PassOnRequests watch = new PassOnRequests(run, requests, loop);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    while (!thread.isInterrupted()) {
      try {
        Thread.sleep(INTERVAL);
        requests.take(run).forEach(request -> tell(request, loop));
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        // A run must not end because nobody can ask anything of it.
        System.getLogger(PassOnRequests.class.getName())
            .log(System.Logger.Level.WARNING, "requests to run " + run + " cannot be read", e);
      }
    }
  }

  static void tell(Request request, RunLoop loop) {
    switch (request) {
      case PAUSE -> loop.pause();
      case PROCEED -> loop.proceed();
      case CANCEL -> loop.cancel("asked for from another process");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
