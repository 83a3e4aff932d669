package io.twinflow.engine.server.api;

import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.postgres.DatabaseAway;
import io.twinflow.engine.server.queue.RetryLater;
import io.twinflow.engine.server.runs.BadUploadException;
import io.twinflow.engine.server.runs.KeyRefusedException;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.NoSuchWorkflowException;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/** Every error as problem details (RFC 9457); nothing of how the server is made is told. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class Problems extends ResponseEntityExceptionHandler {

  private static final Logger LOG = System.getLogger(Problems.class.getName());
  private static final int MOST_FINDINGS = 100;

  /** character_not_in_repertoire: PostgreSQL has no texts with a NUL. */
  private static final String NO_TEXT = "22021";

  static ProblemDetail problem(HttpStatusCode status, String detail, List<Finding> findings) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    if (!findings.isEmpty()) {
      problem.setProperty("errors", findings.stream().limit(MOST_FINDINGS).toList());
    }
    return problem;
  }

  private static ProblemDetail problem(HttpStatusCode status, @Nullable String detail) {
    return problem(status, String.valueOf(detail), List.of());
  }

  @ExceptionHandler
  ProblemDetail wrongDefinition(InvalidDefinitionException e) {
    List<Problem> problems = e.problems();
    String more =
        problems.size() == 1 ? "" : " (and %d more, see errors)".formatted(problems.size() - 1);
    ProblemDetail problem =
        problem(
            HttpStatus.UNPROCESSABLE_CONTENT,
            problems.isEmpty() ? e.getMessage() + "" : problems.getFirst() + more,
            problems.stream().map(Finding::of).toList());
    problem.setTitle("The workflow or its inputs are wrong");
    return problem;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> failed(FailureException e) {
    Optional<RetryLater> later = RetryLater.of(e.failure());
    HttpStatus status = later.map(RetryLater::status).orElseGet(() -> status(e.failure().kind()));
    ProblemDetail detail = problem(status, e.failure().message());
    detail.setProperty("code", e.failure().code());
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
    later.ifPresent(
        when -> answer.header(HttpHeaders.RETRY_AFTER, Long.toString(when.after().toSeconds())));
    return answer.body(detail);
  }

  private static HttpStatus status(FailureKind kind) {
    return switch (kind) {
      case USER, TASK -> HttpStatus.UNPROCESSABLE_CONTENT;
      case RESOURCES -> HttpStatus.INSUFFICIENT_STORAGE;
      case INFRASTRUCTURE -> HttpStatus.SERVICE_UNAVAILABLE;
      case CANCELLED -> HttpStatus.CONFLICT;
      case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }

  @ExceptionHandler({
    NoSuchRunException.class,
    NoSuchWorkflowException.class,
    NotThereException.class
  })
  ProblemDetail unknown(Exception e) {
    return problem(HttpStatus.NOT_FOUND, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail gone(FileNotFoundException e) {
    return problem(HttpStatus.NOT_FOUND, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail malformed(BadRequestException e) {
    return problem(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()), e.findings());
  }

  @ExceptionHandler
  ProblemDetail conflict(ConflictException e) {
    return problem(HttpStatus.CONFLICT, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail process(ProcessException e) {
    return problem(
        switch (e.reason()) {
          case UNKNOWN -> HttpStatus.NOT_FOUND;
          case CONFLICT -> HttpStatus.CONFLICT;
          case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
        },
        e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail badUpload(BadUploadException e) {
    return problem(
        e.isTooLarge() ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.UNPROCESSABLE_CONTENT,
        e.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> keyRefused(KeyRefusedException e) {
    HttpStatus status =
        switch (e.reason()) {
          case MALFORMED -> HttpStatus.BAD_REQUEST;
          case OTHER_BODY -> HttpStatus.UNPROCESSABLE_CONTENT;
          case IN_USE -> HttpStatus.CONFLICT;
        };
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
    if (e.reason() == KeyRefusedException.Reason.IN_USE) {
      answer.header(HttpHeaders.RETRY_AFTER, "1");
    }
    return answer.body(problem(status, e.getMessage()));
  }

  @ExceptionHandler
  ProblemDetail notJson(JacksonException e) {
    return JsonMistake.problem(e);
  }

  @ExceptionHandler
  ProblemDetail tooLarge(BodyTooLargeException e) {
    return problem(HttpStatus.CONTENT_TOO_LARGE, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail brokenQuery(InvalidParameterException e) {
    return problem(
        HttpStatus.BAD_REQUEST,
        "a parameter cannot be decoded; expected UTF-8, percent-encoded as RFC 3986 says");
  }

  @ExceptionHandler
  ProblemDetail brokenForm(MultipartException e) {
    return problem(
        HttpStatus.BAD_REQUEST,
        "the form data is broken or ends half-way; expected multipart/form-data as RFC 7578 describes it");
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
      HttpMediaTypeNotSupportedException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    e.getBody()
        .setDetail(
            "Content-Type: expected %s, found %s"
                .formatted(
                    MediaType.toString(e.getSupportedMediaTypes()),
                    e.getContentType() == null ? "none" : e.getContentType()));
    return super.handleHttpMediaTypeNotSupported(e, headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
      MaxUploadSizeExceededException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE)
        .body(
            problem(
                HttpStatus.CONTENT_TOO_LARGE,
                "the form data is larger, or has more parts, than this server takes"));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemDetail problem;
    if (e.getCause() instanceof JacksonException cause) {
      problem = JsonMistake.problem(cause);
    } else if (e.getMostSpecificCause() instanceof BodyTooLargeException cause) {
      problem = tooLarge(cause);
    } else {
      problem = problem(status, "the body is missing, or cannot be read");
    }
    return ResponseEntity.status(problem.getStatus()).body(problem);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
      NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return ResponseEntity.status(HttpStatus.NOT_FOUND)
        .body(
            problem(
                HttpStatus.NOT_FOUND,
                "there is nothing at this address; %s/docs shows what there is"
                    .formatted(Paths.ROOT)));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    String name =
        e instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : String.valueOf(e.getPropertyName());
    Class<?> type = e.getRequiredType();
    String expected = type == boolean.class || type == Boolean.class ? "true or false" : "a number";
    return ResponseEntity.badRequest()
        .body(
            malformed(
                new BadRequestException(name, "\"%s\": expected %s".formatted(name, expected))));
  }

  /** A client that went away is told nothing. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> brokenOff(IOException e, HttpServletRequest request)
      throws IOException {
    if (e.getClass().getSimpleName().equals("ClientAbortException")) {
      throw e;
    }
    return DatabaseAway.isBehind(e)
        ? askAgain(e, request)
        : ResponseEntity.internalServerError().body(unexpected(e, request));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> databaseAway(DataAccessException e, HttpServletRequest request) {
    if (e.getMostSpecificCause() instanceof SQLException cause
        && NO_TEXT.equals(cause.getSQLState())) {
      return ResponseEntity.badRequest()
          .body(
              problem(
                  HttpStatus.BAD_REQUEST,
                  "something that was sent holds a character with the code 0, which nothing here has"));
    }
    return askAgain(e.getMostSpecificCause(), request);
  }

  private static ResponseEntity<ProblemDetail> askAgain(Throwable e, HttpServletRequest request) {
    LOG.log(
        Level.WARNING,
        "%s %s failed: %s".formatted(request.getMethod(), request.getRequestURI(), e.getMessage()));
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "2")
        .body(
            problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "the database does not answer as it should; ask again"));
  }

  /** What nobody thought of: the log has it under a name that the caller can give. */
  @ExceptionHandler
  ProblemDetail unexpected(Exception e, HttpServletRequest request) {
    String name = UUID.randomUUID().toString();
    LOG.log(
        Level.ERROR,
        "error %s: %s %s failed".formatted(name, request.getMethod(), request.getRequestURI()),
        e);
    ProblemDetail problem =
        problem(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "this is a defect of Twinflow; the server's log has it as error " + name);
    problem.setProperty("error", name);
    return problem;
  }
}
