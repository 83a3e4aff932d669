package io.twinflow.engine.cli.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Where connections come in that a test passes on, each in a thread of its own. */
final class Door implements AutoCloseable {

  /** What is done with bytes that pass; however it ends, the other side sees that. */
  interface Passing {
    void run() throws IOException;
  }

  /** Who is told of each connection. */
  interface Visitor {
    void comes(Socket client) throws IOException;
  }

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Door(Visitor visitor) throws IOException {
    beside(() -> {
      while (true) {
        Socket client = listening.accept();
        beside(() -> visitor.comes(client));
      }
    });
  }

  int port() {
    return listening.getLocalPort();
  }

  /** In a thread of its own. */
  void beside(Passing passing) {
    threads.execute(() -> {
      try {
        passing.run();
      } catch (IOException e) {
        System.getLogger(Door.class.getName()).log(System.Logger.Level.DEBUG, "ended", e);
      }
    });
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
