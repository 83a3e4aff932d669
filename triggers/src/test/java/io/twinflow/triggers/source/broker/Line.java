package io.twinflow.triggers.source.broker;

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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes connections on to a server, slowly if it is told to, until it is cut. */
public final class Line implements AutoCloseable {

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final String host;
  private final int port;
  private final AtomicInteger waits = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** One thread, so that what came first is passed on first. */
  private final ExecutorService one = Executors.newSingleThreadExecutor();

  private final Executor later;
  private final Set<Socket> open = new HashSet<>();
  private boolean isCut;

  /** Passes on at once. */
  public Line(String address) throws IOException {
    this(address, Duration.ZERO);
  }

  /**
   * @param delay how long the server's words take to come back
   */
  public Line(String address, Duration delay) throws IOException {
    int colon = address.lastIndexOf(':');
    this.host = address.substring(0, colon);
    this.port = Integer.parseInt(address.substring(colon + 1));
    this.later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, one);
    beside(this::serve);
  }

  public String address() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  /** How many requests for messages of JetStream were sent that wait for some. */
  public int waits() {
    return waits.get();
  }

  /** Ends all connections, and lets none through until it is mended. */
  public synchronized void cut() throws IOException {
    isCut = true;
    for (Socket each : open) {
      each.close();
    }
    open.clear();
  }

  public synchronized void mend() {
    isCut = false;
  }

  private synchronized boolean join(Socket client, Socket server) {
    return !isCut && open.addAll(List.of(client, server));
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
      System.getLogger(Line.class.getName()).log(Level.DEBUG, "ended", e);
    }
  }

  private void serve() throws IOException {
    while (true) {
      Socket client = door.accept();
      Socket server = new Socket(host, port);
      if (join(client, server)) {
        beside(() -> {
          try (client;
              server) {
            listening(client.getInputStream(), server.getOutputStream());
          }
        });
        beside(() -> slowly(server.getInputStream(), client.getOutputStream()));
      } else {
        client.close();
        server.close();
      }
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
