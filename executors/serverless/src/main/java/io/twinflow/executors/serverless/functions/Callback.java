package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.place.Callbacks;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.remote.CallbackTokens;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What functions of a site are told of where they may tell of attempts. */
final class Callback implements AutoCloseable {

  private final Exchange exchange;
  private final String site;
  private final CallbackTokens tokens;
  private Callbacks.@Nullable Desk desk;

  Callback(Exchange exchange, String site) {
    this.exchange = exchange;
    this.site = site;
    this.tokens = CallbackTokens.of(exchange, site);
  }

  CallbackTokens tokens() {
    return tokens;
  }

  /** The token is a secret of this attempt. */
  void offer(AttemptKey attempt, ObjectNode data) {
    data.putObject("callback")
        .put("url", exchange.callback(site, attempt).toString())
        .put("token", tokens.token(attempt));
  }

  Finding finding() {
    return Finding.good(
        "callbacks",
        "functions call back at %s, which they must reach".formatted(exchange.callbacks(site)));
  }

  synchronized void open(Callbacks.Desk answers) {
    desk = answers;
    exchange.callbacks().open(site, answers);
  }

  @Override
  public synchronized void close() {
    if (desk != null) {
      exchange.callbacks().close(site, Objects.requireNonNull(desk));
    }
  }
}
