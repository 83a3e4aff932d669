package io.twinflow.engine.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before a server for clients that cannot carry a token: adds it to each request, one
 * request a connection, and leaves all else as it is.
 */
final class TokenProxy implements AutoCloseable {

  private static final int LONGEST_HEAD = 64 * 1024;

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final int server;
  private final String token;

  /**
   * @param server its port on this machine
   */
  TokenProxy(int server, String token) throws IOException {
    this.server = server;
    this.token = token;
    threads.execute(this::listen);
  }

  String url(String path) {
    return "http://127.0.0.1:" + door.getLocalPort() + path;
  }

  private void listen() {
    try {
      while (true) {
        Socket client = door.accept();
        threads.execute(() -> pass(client));
      }
    } catch (IOException e) {
      threads.shutdown();
    }
  }

  private void pass(Socket client) {
    try (client;
        Socket to = new Socket(InetAddress.getLoopbackAddress(), server)) {
      to.getOutputStream().write(withToken(head(client.getInputStream())));
      threads.execute(() -> copy(client, to));
      to.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException | UncheckedIOException e) {
      // Whoever went away sees that by itself.
      return;
    }
  }

  private static void copy(Socket client, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      client.getInputStream().transferTo(out);
    } catch (IOException e) {
      // The answer was complete, and the connection is over.
      return;
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 || head.length() > LONGEST_HEAD) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private byte[] withToken(String head) {
    String rest = head.substring(head.indexOf("\r\n") + 2);
    String others = rest.replaceAll("(?im)^(connection|authorization):[^\\n]*\\n", "");
    return (head.substring(0, head.indexOf("\r\n") + 2)
            + "Authorization: Bearer "
            + token
            + "\r\nConnection: close\r\n"
            + others)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }
}
