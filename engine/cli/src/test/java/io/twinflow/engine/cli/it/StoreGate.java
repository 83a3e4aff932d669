package io.twinflow.engine.cli.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Stands before a real store. When something is asked that a test waits for, the store is away: all
 * connections break, and none goes through until it is told to be back.
 */
final class StoreGate implements AutoCloseable {

  private final ServerSocket listening;
  private final URI store;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile Predicate<String> last = request -> false;
  private volatile boolean away;

  StoreGate(URI store) throws IOException {
    this.store = store;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(() -> ended(this::serve));
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /**
   * @param request its first line; only that of the first request of a connection is seen
   */
  void goAwayAt(Predicate<String> request) {
    last = request;
  }

  boolean isAway() {
    return away;
  }

  /** Connections that did not go through. */
  int refused() {
    return refused.get();
  }

  void comeBack() {
    last = request -> false;
    away = false;
  }

  private interface Passing {
    void run() throws IOException;
  }

  /** However it ends, the other side sees that its connection is gone. */
  private static void ended(Passing passing) {
    try {
      passing.run();
    } catch (IOException e) {
      System.getLogger(StoreGate.class.getName()).log(System.Logger.Level.DEBUG, "ended", e);
    }
  }

  private void serve() throws IOException {
    while (true) {
      Socket client = listening.accept();
      threads.execute(() -> ended(() -> connect(client)));
    }
  }

  private void connect(Socket client) throws IOException {
    open.add(client);
    try (client) {
      byte[] line = line(client.getInputStream());
      if (last.test(new String(line, StandardCharsets.UTF_8))) {
        away = true;
      }
      if (away) {
        refused.incrementAndGet();
        for (Socket other : open) {
          other.close();
        }
        return;
      }
      try (Socket server = new Socket(store.getHost(), store.getPort())) {
        server.getOutputStream().write(line);
        threads.execute(() -> ended(() -> pass(server, client)));
        pass(client, server);
      }
    } finally {
      open.remove(client);
    }
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0; c = in.read()) {
      line.write(c);
      if (c == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  private static void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket one : open) {
      one.close();
    }
    threads.shutdownNow();
  }
}
