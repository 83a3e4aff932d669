package io.twinflow.engine.server.wes;

import io.twinflow.engine.server.errors.ErrorForm;
import io.twinflow.engine.server.wes.WesModel.ErrorResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Problem details in the form that clients of WES know. */
@Component
class WesErrors implements ErrorForm {

  static final String BASE = "/ga4gh/wes/v1";

  @Override
  public String base() {
    return BASE;
  }

  @Override
  public Answer of(ProblemDetail problem, String path) {
    HttpStatus status = status(HttpStatus.valueOf(problem.getStatus()));
    String detail = problem.getDetail();
    return new Answer(
        status,
        new ErrorResponse(
            detail == null ? String.valueOf(problem.getTitle()) : detail, status.value()));
  }

  /** WES knows no finer word for a wrong request than 400. */
  private static HttpStatus status(HttpStatus status) {
    return status == HttpStatus.UNPROCESSABLE_CONTENT || status == HttpStatus.UNSUPPORTED_MEDIA_TYPE
        ? HttpStatus.BAD_REQUEST
        : status;
  }
}
