package io.twinflow.engine.server.sites;

import io.swagger.v3.oas.annotations.Hidden;
import io.twinflow.engine.stores.folder.FileDesk;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/exchange/NAME}: files of attempts at sites without a shared folder, where this
 * server has no object store. What a URL allows is signed in itself, so that it needs no token.
 */
@Hidden
@RestController
class FilesController {

  /** Below it bodies of any size go to disk. */
  static final String PATH = "/api/v1/exchange/";

  private final Optional<FileDesk> desk;

  FilesController(SiteExchange exchange) {
    this.desk = exchange.desk();
  }

  @GetMapping(PATH + "**")
  ResponseEntity<Resource> get(HttpServletRequest request) {
    return answer(request, InputStream.nullInputStream());
  }

  @PutMapping(PATH + "**")
  ResponseEntity<Resource> put(HttpServletRequest request) throws IOException {
    return answer(request, request.getInputStream());
  }

  private ResponseEntity<Resource> answer(HttpServletRequest request, InputStream body) {
    FileDesk.Answer answer =
        desk.isEmpty()
            ? FileDesk.Answer.of(404, "this server exchanges no files with sites\n")
            : desk.get().answer(asked(request, body));
    ResponseEntity.BodyBuilder response = ResponseEntity.status(answer.status());
    if (!answer.tag().isEmpty()) {
      response.header(HttpHeaders.ETAG, answer.tag());
    }
    InputStream content = answer.content();
    return content == null
        ? response
            .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
            .body(text(answer.text()))
        : response
            .contentType(MediaType.APPLICATION_OCTET_STREAM)
            .contentLength(answer.length())
            .body(new InputStreamResource(content));
  }

  private static FileDesk.Request asked(HttpServletRequest request, InputStream body) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return new FileDesk.Request(
        request.getMethod(),
        path.substring(PATH.length()),
        Objects.requireNonNullElse(request.getQueryString(), ""),
        request.getContentLengthLong(),
        "*".equals(request.getHeader(HttpHeaders.IF_NONE_MATCH)),
        body);
  }

  private static Resource text(String text) {
    return new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8));
  }
}
