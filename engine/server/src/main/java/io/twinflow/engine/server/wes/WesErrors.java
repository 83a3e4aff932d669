package io.twinflow.engine.server.wes;

import io.twinflow.engine.server.wes.WesModel.ErrorResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Problem details in the form that clients of WES know. */
@ControllerAdvice
class WesErrors implements ResponseBodyAdvice<Object> {

  static final String BASE = "/ga4gh/wes/v1";

  @Override
  public boolean supports(
      MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returnType,
      MediaType contentType,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (!(body instanceof ProblemDetail problem) || !request.getURI().getPath().contains(BASE)) {
      return body;
    }
    int status = status(problem.getStatus());
    response.setStatusCode(HttpStatus.valueOf(status));
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    String detail = problem.getDetail();
    return new ErrorResponse(detail == null ? String.valueOf(problem.getTitle()) : detail, status);
  }

  /** WES knows no finer word for a wrong request than 400. */
  private static int status(int status) {
    return status == HttpStatus.UNPROCESSABLE_CONTENT.value()
            || status == HttpStatus.UNSUPPORTED_MEDIA_TYPE.value()
        ? HttpStatus.BAD_REQUEST.value()
        : status;
  }
}
