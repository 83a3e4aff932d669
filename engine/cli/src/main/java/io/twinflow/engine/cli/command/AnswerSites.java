package io.twinflow.engine.cli.command;

import com.sun.net.httpserver.HttpHandler;
import io.twinflow.engine.core.site.ExchangeSettings;
import io.twinflow.executors.api.place.Callbacks;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.bundle.remote.TicketListener;
import io.twinflow.executors.bundle.remote.TicketOffice;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers attempts at sites without a shared folder while a command runs. Of several commands on
 * one machine, one answers for all, as they share folder and store; when it ends another goes on.
 */
final class AnswerSites implements AutoCloseable {

  private static final int AGAIN_SECONDS = 1;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final TicketListener.Answers office;
  private final Callbacks callbacks;
  private final Map<String, HttpHandler> desks;
  private final InetSocketAddress address;
  private final Thread waiting;
  private @Nullable TicketListener listener;

  /**
   * @param home whose installation the attempts belong to
   */
  static AnswerSites at(ExchangeSettings settings, CommandExchange exchange, Path home)
      throws IOException, InvalidSettingException {
    String listen =
        settings
            .listen()
            .orElseThrow(() ->
                settings
                    .written()
                    .wrong("listen", "HOST:PORT where sites reach this machine, as 0.0.0.0:7070"));
    int colon = listen.lastIndexOf(':');
    int port = Integer.parseInt(listen.substring(colon + 1));
    String host = listen.substring(0, colon).replaceAll("[\\[\\]]", "");
    if (port > 65_535) {
      throw settings.written().wrong("listen", "a port of at most 65535");
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw settings.written().wrong("listen", "a name or an address of this machine");
    }
    String installation = Files.readString(home.resolve("installation")).strip();
    return new AnswerSites(
        TicketOffice.of(installation, exchange.exchange())::answer,
        exchange.exchange().callbacks(),
        exchange.desks(),
        address);
  }

  private AnswerSites(
      TicketListener.Answers office,
      Callbacks callbacks,
      Map<String, HttpHandler> desks,
      InetSocketAddress address)
      throws IOException {
    this.office = office;
    this.callbacks = callbacks;
    this.desks = desks;
    this.address = address;
    boolean first = listen();
    this.waiting =
        Thread.ofVirtual().name("answer-sites").unstarted(this::listenWhenTheOtherHasEnded);
    if (!first) {
      waiting.start();
    }
  }

  /** Whether it does; else somebody else does. */
  private synchronized boolean listen() throws IOException {
    if (closed.getCount() == 0) {
      return true;
    }
    try {
      listener = new TicketListener(office, callbacks, desks, address);
      return true;
    } catch (BindException e) {
      if (TicketListener.answersAt(address)) {
        return false;
      }
      throw new IOException(
          "exchange.listen: sites cannot be answered at %s: %s; another program has this port, or the address is none of this machine. Give another"
              .formatted(address, e.getMessage()),
          e);
    }
  }

  private void listenWhenTheOtherHasEnded() {
    try {
      while (!closed.await(AGAIN_SECONDS, TimeUnit.SECONDS)) {
        try {
          if (listen()) {
            return;
          }
        } catch (IOException e) {
          System.getLogger(AnswerSites.class.getName())
              .log(System.Logger.Level.WARNING, "{0}", e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    synchronized (this) {
      if (listener != null) {
        listener.close();
        listener = null;
      }
    }
  }
}
