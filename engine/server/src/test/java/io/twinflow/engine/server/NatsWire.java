package io.twinflow.engine.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Speaks to a NATS server as its client protocol is written: just what a publisher needs. */
final class NatsWire implements AutoCloseable {

  private static final String INBOX = "_INBOX.test";

  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  NatsWire(URI url) throws IOException {
    String[] user = url.getUserInfo().split(":", 2);
    socket = new Socket(url.getHost(), url.getPort());
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out = socket.getOutputStream();
    in.readLine();
    say(
        "CONNECT {\"verbose\":false,\"user\":\"%s\",\"pass\":\"%s\"}\r\nSUB %s 1\r\n"
            .formatted(user[0], user[1], INBOX));
  }

  private void say(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Publishes, and waits for the answer, which JetStream gives when the message is kept. */
  String ask(String subject, String text) throws IOException {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    say("PUB %s %s %d\r\n%s\r\n".formatted(subject, INBOX, length, text));
    String line = in.readLine();
    while (line != null && !line.startsWith("MSG")) {
      if (line.startsWith("-ERR")) {
        throw new IOException(line);
      }
      if (line.equals("PING")) {
        say("PONG\r\n");
      }
      line = in.readLine();
    }
    return in.readLine();
  }

  void makeStream(String name) throws IOException {
    String answer =
        ask(
            "$JS.API.STREAM.CREATE." + name,
            "{\"name\":\"%1$s\",\"subjects\":[\"%1$s.>\"]}".formatted(name));
    if (!answer.contains("\"config\"")) {
      throw new IOException(answer);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
