package io.twinflow.engine.server.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem details where no controller does. */
@Component
class ProblemAnswer {

  private final JsonMapper json;

  ProblemAnswer(JsonMapper json) {
    this.json = json;
  }

  void write(HttpServletResponse response, int status, String detail) throws IOException {
    response.setStatus(status);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response
        .getOutputStream()
        .write(
            json.writeValueAsBytes(
                Problems.problem(HttpStatus.valueOf(status), detail, List.of())));
  }
}
