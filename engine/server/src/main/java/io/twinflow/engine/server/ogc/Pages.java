package io.twinflow.engine.server.ogc;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;
import tools.jackson.databind.json.JsonMapper;

/** Answers in JSON or as a page for people, whichever the client prefers. */
@Component
class Pages {

  private final JsonMapper json;

  Pages(JsonMapper json) {
    this.json = json;
  }

  /** {@code f=json} and {@code f=html} win over the header. */
  static boolean wantsHtml(HttpServletRequest request) {
    String format = request.getParameter("f");
    if (format != null) {
      return switch (format) {
        case "html" -> true;
        case "json" -> false;
        default -> throw OgcErrors.invalidQuery("f: expected json or html, found " + format);
      };
    }
    for (MediaType type : accepted(request)) {
      if (type.getSubtype().equals("json") || type.isWildcardType()) {
        return false;
      }
      if (type.equalsTypeAndSubtype(MediaType.TEXT_HTML)) {
        return true;
      }
    }
    return false;
  }

  /** What the client accepts, the best first; empty for anything. */
  static List<MediaType> accepted(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.ACCEPT);
    if (header == null) {
      return List.of();
    }
    try {
      List<MediaType> types = new java.util.ArrayList<>(MediaType.parseMediaTypes(header));
      MimeTypeUtils.sortBySpecificity(types);
      types.sort(java.util.Comparator.comparingDouble(MediaType::getQualityValue).reversed());
      return types;
    } catch (InvalidMediaTypeException e) {
      return List.of();
    }
  }

  ResponseEntity<String> answer(HttpServletRequest request, String title, Object body) {
    return answer(request, HttpStatus.OK, title, body);
  }

  ResponseEntity<String> answer(
      HttpServletRequest request, HttpStatus status, String title, @Nullable Object body) {
    String text = json.writeValueAsString(body);
    if (wantsHtml(request)) {
      String up = Base.ofRequest().url();
      return ResponseEntity.status(status)
          .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
          .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
          .body(HtmlPage.of(title, json.readTree(text), up));
    }
    return ResponseEntity.status(status)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .contentType(MediaType.APPLICATION_JSON)
        .body(text);
  }
}
