package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.Hidden;
import io.twinflow.engine.postgres.DatabaseAway;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Errors that happened before or beside all controllers. */
@Hidden
@RestController
class ErrorPage implements ErrorController {

  @RequestMapping("/error")
  ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus known = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    Object cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    if (isOfDatabase(cause)) {
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .header(HttpHeaders.RETRY_AFTER, "2")
          .body(
              Problems.problem(
                  HttpStatus.SERVICE_UNAVAILABLE,
                  "the database does not answer as it should; ask again",
                  List.of()));
    }
    HttpStatus status = known == null ? HttpStatus.NOT_FOUND : known;
    String detail =
        status.is5xxServerError()
            ? "this is a defect of Twinflow; the server's log tells more"
            : status == HttpStatus.NOT_FOUND
                ? "there is nothing here"
                : "the request cannot be understood: %s".formatted(status.getReasonPhrase());
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(Problems.problem(status, detail, List.of()));
  }

  private static boolean isOfDatabase(@Nullable Object cause) {
    return cause instanceof DataAccessException
        || (cause instanceof Throwable thrown && DatabaseAway.isBehind(thrown));
  }
}
