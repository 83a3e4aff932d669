package io.twinflow.triggers.source.dcache;

import io.twinflow.triggers.source.broker.Arrivals;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The events of a channel as they come in, until the connection is lost. */
final class Stream implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Stream.class.getName());
  private static final int MOST = 1000;

  private final Arrivals<Frame> arrivals = new Arrivals<>(MOST, frame -> frame.data().length());
  private final CountDownLatch answered = new CountDownLatch(1);
  private volatile boolean closed;
  private volatile @Nullable InputStream body;

  /** Asks for the events. */
  interface Opening {

    /**
     * Waits for the answer, which may come with the first event only.
     *
     * @throws Trouble if there will be none
     */
    InputStream open() throws Trouble, InterruptedException;
  }

  Stream(String name, Opening opening) {
    Thread.ofVirtual().name("stream " + name).start(() -> read(opening));
  }

  private void read(Opening opening) {
    try (InputStream opened = opening.open();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(opened, StandardCharsets.UTF_8))) {
      body = opened;
      answered.countDown();
      for (Frame frame = Frame.read(lines); frame != null && !closed; frame = Frame.read(lines)) {
        arrivals.deliver(frame);
      }
      arrivals.lose(new Trouble("the frontend ended the stream of events", ""));
    } catch (Trouble e) {
      arrivals.lose(e);
    } catch (IOException e) {
      arrivals.lose(new Trouble("the stream of events is lost: " + e.getMessage(), "", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      answered.countDown();
    }
  }

  /**
   * Whether the frontend has answered, after waiting for it.
   *
   * @throws Trouble if it has refused
   */
  boolean isOpen(Duration atMost) throws Trouble, InterruptedException {
    boolean any = answered.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    arrivals.check();
    return any;
  }

  /**
   * @throws Trouble if the connection is lost
   */
  List<Frame> next(Duration atMost) throws Trouble, InterruptedException {
    return arrivals.batch(atMost);
  }

  @Override
  public void close() {
    closed = true;
    // Whoever waits for room is let go before the connection is.
    arrivals.lose(new Trouble("closed", ""));
    InputStream open = body;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a stream was closed: {0}", e.getMessage());
    }
  }
}
