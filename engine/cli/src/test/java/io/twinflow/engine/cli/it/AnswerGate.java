package io.twinflow.engine.cli.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands before a server whose answers come no sooner than a test lets them through; what it is
 * asked goes on at once.
 */
final class AnswerGate implements AutoCloseable {

  /** Answers that wait, of one connection. */
  private static final class Held {
    private final Socket client;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    Held(Socket client) {
      this.client = client;
    }

    synchronized void add(byte[] bytes, int count) {
      waiting.write(bytes, 0, count);
    }

    synchronized byte[] take() {
      byte[] taken = waiting.toByteArray();
      waiting.reset();
      return taken;
    }
  }

  private record Answer(Held of, byte[] bytes) {}

  private final Door door;
  private final ConcurrentLinkedQueue<Held> connections = new ConcurrentLinkedQueue<>();
  private final int server;

  /**
   * @param server its port on this machine
   */
  AnswerGate(int server) throws IOException {
    this.server = server;
    this.door = new Door(this::connect);
  }

  int port() {
    return door.port();
  }

  /**
   * Lets the answers through that have come until now, unless something has happened by now: then
   * none of them goes through.
   *
   * @return whether it has happened
   */
  boolean holdAfter(Callable<Boolean> happened) throws Exception {
    List<Answer> come = new ArrayList<>();
    connections.forEach(held -> come.add(new Answer(held, held.take())));
    // What it makes the server say comes after it: that is not among these, or it is seen now.
    if (happened.call()) {
      return true;
    }
    for (Answer answer : come) {
      if (answer.bytes().length > 0) {
        answer.of().client.getOutputStream().write(answer.bytes());
      }
    }
    return false;
  }

  private void connect(Socket client) throws IOException {
    Held held = new Held(client);
    connections.add(held);
    try (client;
        Socket to = new Socket(InetAddress.getLoopbackAddress(), server)) {
      door.beside(() -> hold(to, held));
      client.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private static void hold(Socket server, Held held) throws IOException {
    InputStream in = server.getInputStream();
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      held.add(buffer, n);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Held held : connections) {
      held.client.close();
    }
  }
}
