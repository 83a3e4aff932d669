package io.twinflow.engine.cli.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Stands before a real store. When something is asked that a test waits for, the store is away: all
 * connections break, and none goes through until it is told to be back.
 */
final class StoreGate implements AutoCloseable {

  private final Door door;
  private final URI store;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile Predicate<String> last = request -> false;
  private volatile boolean away;

  StoreGate(URI store) throws IOException {
    this.store = store;
    this.door = new Door(this::connect);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + door.port());
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
        door.beside(() -> pass(server, client));
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
    door.close();
    for (Socket one : open) {
      one.close();
    }
  }
}
