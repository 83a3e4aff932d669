package io.twinflow.engine.server.errors;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Puts problems that controllers and their handlers answer into the form of their interface. */
@ControllerAdvice
class ShapeErrors implements ResponseBodyAdvice<Object> {

  private final ErrorForms forms;

  ShapeErrors(ErrorForms forms) {
    this.forms = forms;
  }

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
    if (!(body instanceof ProblemDetail problem)
        || !(request instanceof ServletServerHttpRequest servlet)) {
      return body;
    }
    Optional<ErrorForm.Answer> answer = forms.of(problem, servlet.getServletRequest());
    if (answer.isEmpty()) {
      return body;
    }
    response.setStatusCode(answer.get().status());
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    return answer.get().body();
  }
}
