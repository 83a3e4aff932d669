package io.twinflow.triggers.source.bucket;

import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Arrivals;
import io.twinflow.triggers.source.broker.Connection;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a bucket tells while somebody listens, line by line. Nothing comes again. */
final class ListenConnection implements Connection {

  private static final Logger LOG = System.getLogger(ListenConnection.class.getName());
  private static final int MOST = 100;
  private static final int LONGEST = 4 << 20;
  private static final String TYPE = "io.twinflow.s3.message";
  private static final String MEND = "what happens meanwhile is found by the sweep";

  private final Bucket bucket;
  private final InputStream in;
  private final Arrivals<byte[]> arrivals = new Arrivals<>(MOST, line -> line.length);

  ListenConnection(Bucket bucket, InputStream in) {
    this.bucket = bucket;
    this.in = in;
    Thread.ofVirtual().name("listen to " + bucket.name()).start(this::read);
  }

  private void read() {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int each = in.read(); each >= 0; each = in.read()) {
        if (each != '\n') {
          line.write(each);
        }
        if (line.size() > LONGEST) {
          throw new IOException("a line has more than %d bytes".formatted(LONGEST));
        }
        if (each == '\n') {
          deliver(line);
        }
      }
      arrivals.lose(new Trouble(bucket.place() + " ended the connection", MEND));
    } catch (IOException e) {
      arrivals.lose(
          new Trouble(
              "%s: the connection broke: %s".formatted(bucket.place(), e.getMessage()), MEND, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Blank ones only keep the connection. */
  private void deliver(ByteArrayOutputStream line) throws InterruptedException {
    if (!line.toString(StandardCharsets.UTF_8).isBlank()) {
      arrivals.deliver(line.toByteArray());
    }
    line.reset();
  }

  @Override
  public List<Message> receive(Duration atMost) throws Trouble, InterruptedException {
    return arrivals.batch(atMost).stream().map(this::message).toList();
  }

  private Message message(byte[] line) {
    return new Message(
        URI.create("s3://" + bucket.name()),
        UUID.randomUUID().toString(),
        TYPE,
        Map.of(),
        "application/json",
        null,
        null,
        line);
  }

  @Override
  public void acknowledge() {
    // Nobody wants to know.
  }

  @Override
  public void hold() throws Trouble {
    arrivals.check();
  }

  @Override
  public void close() {
    arrivals.lose(new Trouble("closed", ""));
    try {
      in.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing the connection to " + bucket.place(), e);
    }
  }
}
