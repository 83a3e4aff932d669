package io.twinflow.engine.stores.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Passes bytes on to a server, and cuts connections in the middle of what they carry. */
public final class CuttingProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final URI to;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicLong upLimit = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong downLimit = new AtomicLong(Long.MAX_VALUE);
  private final AtomicInteger left = new AtomicInteger();

  public CuttingProxy(URI to) throws IOException {
    this.to = to;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(() -> ended(this::serve));
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** The next connections break, each after so many bytes in one direction. */
  public void cut(int connections, long afterSent, long afterReceived) {
    upLimit.set(afterSent);
    downLimit.set(afterReceived);
    left.set(connections);
  }

  public int cuts() {
    return cuts.get();
  }

  private interface Passing {
    void run() throws IOException;
  }

  /** However it ends, the other side sees that its connection is gone. */
  private static void ended(Passing passing) {
    try {
      passing.run();
    } catch (IOException e) {
      System.getLogger(CuttingProxy.class.getName()).log(System.Logger.Level.DEBUG, "ended", e);
    }
  }

  private void serve() throws IOException {
    while (true) {
      Socket client = listening.accept();
      threads.execute(() -> ended(() -> connect(client)));
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server = new Socket(to.getHost(), to.getPort());
    threads.execute(() -> ended(() -> pass(client, server, upLimit)));
    pass(server, client, downLimit);
  }

  private void pass(Socket from, Socket to, AtomicLong limit) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      long passed = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        passed += n;
        if (passed > limit.get() && left.getAndUpdate(l -> Math.max(0, l - 1)) > 0) {
          cuts.incrementAndGet();
          return;
        }
        out.write(buffer, 0, n);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
