package io.twinflow.triggers.source.nats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes connections on to a server, whose words take their time to come back. */
final class SlowLine implements AutoCloseable {

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final String host;
  private final int port;
  private final AtomicInteger waits = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** One thread, so that what came first is passed on first. */
  private final ExecutorService one = Executors.newSingleThreadExecutor();

  private final Executor later;

  SlowLine(String address, Duration delay) throws IOException {
    int colon = address.lastIndexOf(':');
    this.host = address.substring(0, colon);
    this.port = Integer.parseInt(address.substring(colon + 1));
    this.later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, one);
    beside(this::serve);
  }

  String address() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  /** How many requests for messages were sent that wait for some. */
  int waits() {
    return waits.get();
  }

  private interface Passing {
    void run() throws IOException;
  }

  private void beside(Passing passing) {
    threads.execute(() -> ended(passing));
  }

  private static void ended(Passing passing) {
    try {
      passing.run();
    } catch (IOException e) {
      System.getLogger(SlowLine.class.getName()).log(Level.DEBUG, "ended", e);
    }
  }

  private void serve() throws IOException {
    while (true) {
      Socket client = door.accept();
      Socket server = new Socket(host, port);
      beside(() -> {
        try (client;
            server) {
          listening(client.getInputStream(), server.getOutputStream());
        }
      });
      beside(() -> slowly(server.getInputStream(), client.getOutputStream()));
    }
  }

  private void listening(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[8192];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      to.write(buffer, 0, n);
      if (new String(buffer, 0, n, StandardCharsets.UTF_8).contains("\"expires\"")) {
        waits.incrementAndGet();
      }
    }
  }

  private void slowly(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[8192];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      byte[] part = Arrays.copyOf(buffer, n);
      later.execute(() -> ended(() -> to.write(part)));
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
    one.shutdownNow();
  }
}
