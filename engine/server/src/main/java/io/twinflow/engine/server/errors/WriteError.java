package io.twinflow.engine.server.errors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers with an error where no controller does: in filters. */
@Component
public final class WriteError {

  private final ErrorForms forms;
  private final JsonMapper json;

  WriteError(ErrorForms forms, JsonMapper json) {
    this.forms = forms;
    this.json = json;
  }

  public void write(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    Optional<ErrorForm.Answer> answer = forms.of(problem, request);
    response.setStatus(answer.map(ErrorForm.Answer::status).orElse(status).value());
    response.setContentType(
        answer.isPresent()
            ? MediaType.APPLICATION_JSON_VALUE
            : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    Object body = answer.isPresent() ? answer.get().body() : problem;
    response.getOutputStream().write(json.writeValueAsBytes(body));
  }
}
