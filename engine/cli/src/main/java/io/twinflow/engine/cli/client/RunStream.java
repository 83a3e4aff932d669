package io.twinflow.engine.cli.client;

import io.twinflow.engine.cli.CliException;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears of a run's changes from the server's stream of events (Server-Sent Events), and goes on
 * after the last one it heard when the connection breaks. While there is no stream, it is time to
 * look every now and then.
 */
public final class RunStream implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(RunStream.class.getName());
  private static final Duration WITHOUT_STREAM = Duration.ofMillis(400);

  /** A stream that is silent for so long may have been cut off by something on the way. */
  private static final Duration WITH_STREAM = Duration.ofSeconds(5);

  private static final Duration BREATH = Duration.ofMillis(200);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final String ID = "id:";
  private static final String EVENT = "event:";
  private static final String DATA = "data:";

  private final Connection server;
  private final String path;
  private final Consumer<String> notices;
  private final Semaphore bell = new Semaphore(0);
  private volatile boolean open = true;
  private volatile boolean streams;
  private volatile @Nullable InputStream stream;
  private String last = "0";

  private RunStream(Connection server, String run, Consumer<String> notices) {
    this.server = server;
    this.notices = notices;
    this.path = RemoteRun.path(run) + "/events";
  }

  /**
   * @param notices gets what a person is to be told of the run, once each
   */
  public static RunStream of(Connection server, String run, Consumer<String> notices) {
    RunStream news = new RunStream(server, run, notices);
    Thread.ofVirtual().name("events-" + run).start(news::listen);
    return news;
  }

  private void listen() {
    while (open) {
      try (InputStream in = server.events(path, last)) {
        stream = in;
        streams = true;
        read(in);
        streams = false;
        TimeUnit.MILLISECONDS.sleep(AGAIN.toMillis());
      } catch (CliException | IOException e) {
        streams = false;
        LOG.log(Level.DEBUG, "no stream of events: {0}", e.getMessage());
        bell.release();
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(AGAIN.toMillis());
    } catch (InterruptedException e) {
      open = false;
    }
  }

  private void read(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String event = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(ID)) {
        last = line.substring(ID.length()).strip();
      } else if (line.startsWith(EVENT)) {
        event = line.substring(EVENT.length()).strip();
      } else if (line.startsWith(DATA) && event.equals("notice")) {
        tell(line.substring(DATA.length()));
      } else if (line.isEmpty()) {
        event = "";
        bell.release();
      }
    }
    bell.release();
  }

  private void tell(String notice) {
    try {
      if (ValueJson.read(notice) instanceof RecordValue fields) {
        notices.accept(RemoteRun.text(fields, "text"));
      }
    } catch (InvalidJsonException e) {
      LOG.log(Level.DEBUG, "a notice that is no JSON: {0}", e.getMessage());
    }
  }

  /** Waits for a change, but not for ever; many changes at once are one. */
  public void await() throws InterruptedException {
    Duration most = streams ? WITH_STREAM : WITHOUT_STREAM;
    if (bell.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS) && open) {
      TimeUnit.MILLISECONDS.sleep(BREATH.toMillis());
      bell.drainPermits();
    }
  }

  /** Ends the waiting of whoever waits, and the stream. From any thread. */
  @Override
  public void close() {
    open = false;
    bell.release();
    InputStream in = stream;
    if (in != null) {
      try {
        in.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "a stream did not close: {0}", e.getMessage());
      }
    }
  }
}
