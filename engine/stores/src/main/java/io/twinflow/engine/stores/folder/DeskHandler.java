package io.twinflow.engine.stores.folder;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link FileDesk} behind the JDK's HTTP server. */
public final class DeskHandler implements HttpHandler {

  private final FileDesk desk;

  public DeskHandler(FileDesk desk) {
    this.desk = desk;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      FileDesk.Answer answer = desk.answer(request(exchange));
      if (!answer.tag().isEmpty()) {
        exchange.getResponseHeaders().add("ETag", answer.tag());
      }
      InputStream content = answer.content();
      if (content == null) {
        byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
        exchange.getResponseBody().write(text);
        return;
      }
      try (content) {
        exchange.getResponseHeaders().add("Content-Type", "application/octet-stream");
        // 0 would be a body of unknown length.
        exchange.sendResponseHeaders(answer.status(), answer.length() == 0 ? -1 : answer.length());
        content.transferTo(exchange.getResponseBody());
      }
    }
  }

  private static FileDesk.Request request(HttpExchange exchange) {
    String below = exchange.getHttpContext().getPath();
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return new FileDesk.Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath().substring(below.length()),
        Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
        length(length),
        "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match")),
        exchange.getRequestBody());
  }

  private static long length(@Nullable String header) {
    try {
      return Optional.ofNullable(header).map(Long::parseLong).orElse(-1L);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
