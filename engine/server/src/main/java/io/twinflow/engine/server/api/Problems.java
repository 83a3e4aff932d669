package io.twinflow.engine.server.api;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Problem;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every error as problem details (RFC 9457). */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

  /** One thing that is wrong with a document. */
  record Finding(String at, String message) {}

  @ExceptionHandler
  ProblemDetail wrongDefinition(InvalidDefinitionException e) {
    ProblemDetail detail = ProblemDetail.forStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    detail.setTitle("The workflow or its inputs are wrong");
    List<Problem> problems = e.problems();
    detail.setDetail(e.getMessage());
    detail.setProperty(
        "errors",
        problems.stream()
            .map(problem -> new Finding(problem.position().toString(), problem.message()))
            .toList());
    return detail;
  }

  @ExceptionHandler
  ProblemDetail failed(FailureException e) {
    HttpStatus status =
        switch (e.failure().kind()) {
          case USER, TASK -> HttpStatus.UNPROCESSABLE_CONTENT;
          case RESOURCES -> HttpStatus.INSUFFICIENT_STORAGE;
          case INFRASTRUCTURE -> HttpStatus.SERVICE_UNAVAILABLE;
          case CANCELLED -> HttpStatus.CONFLICT;
          case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    ProblemDetail detail = ProblemDetail.forStatusAndDetail(status, e.failure().message());
    detail.setProperty("code", e.failure().code());
    return detail;
  }

  @ExceptionHandler
  ProblemDetail unknown(NoSuchRunException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, String.valueOf(e.getMessage()));
  }
}
